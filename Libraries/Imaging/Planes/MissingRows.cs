namespace ImageLibrary.Imaging.Planes;

/// <summary>Measures how much of a damaged picture is there: decoders fill what is missing with one colour.</summary>
internal static class MissingRows
{
    /// <summary>At least this part of the rows must be there for the picture to be worth showing.</summary>
    private const double WorthShowing = 0.25;

    /// <summary>Whether enough of the picture is there.</summary>
    /// <param name="picture">As stored: the missing rows are at its bottom.</param>
    internal static bool EnoughRemains(PlanarPicture picture)
    {
        var luma = picture.Planes[0];
        var rows = Math.Min(luma.Height, (int)Math.Ceiling(picture.Height));
        var fill = luma.RowSpan(rows - 1)[0];
        var present = rows;
        while (present > 0 && IsFill(luma.RowSpan(present - 1), fill))
        {
            present--;
        }

        return AreEnough(present, rows);
    }

    /// <summary>Whether so many rows are enough.</summary>
    internal static bool AreEnough(int present, int rows) => present >= Math.Max(1, rows * WorthShowing);

    private static bool IsFill(ReadOnlySpan<byte> row, byte fill) =>
        !row.ContainsAnyExceptInRange((byte)Math.Max(0, fill - 1), (byte)Math.Min(255, fill + 1));
}
