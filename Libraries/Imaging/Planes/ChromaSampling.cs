namespace ImageLibrary.Imaging.Planes;

/// <summary>How many pixels a chroma sample covers in each direction.</summary>
/// <param name="X">1, 2, 4 or 8; as stored at most 4.</param>
/// <param name="Y">1, 2 or 4; as stored at most 2.</param>
internal readonly record struct ChromaSampling(int X, int Y)
{
    internal static ChromaSampling Full { get; } = new(1, 1);

    internal static ChromaSampling Quarter { get; } = new(2, 2);

    /// <summary>Samples in a row of a plane. Luma is padded so that each chroma sample covers whole pixels.</summary>
    internal int PlaneWidth(int plane, int width)
    {
        var covered = (width + X - 1) / X;
        return plane == 0 ? covered * X : covered;
    }

    /// <summary>Rows of a plane, padded like <see cref="PlaneWidth"/>.</summary>
    internal int PlaneHeight(int plane, int height)
    {
        var covered = (height + Y - 1) / Y;
        return plane == 0 ? covered * Y : covered;
    }

    /// <summary>Pixels that a sample of the plane covers horizontally.</summary>
    internal int StepX(int plane) => plane == 0 ? 1 : X;

    /// <summary>Pixels that a sample of the plane covers vertically.</summary>
    internal int StepY(int plane) => plane == 0 ? 1 : Y;
}
