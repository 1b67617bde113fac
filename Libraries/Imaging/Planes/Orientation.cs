namespace ImageLibrary.Imaging.Planes;

/// <summary>An EXIF orientation as mirrorings of the stored axes, then an exchange of the axes.</summary>
/// <param name="MirrorX">Stored columns run from right to left.</param>
/// <param name="MirrorY">Stored rows run from bottom to top.</param>
/// <param name="Transpose">After that, rows become columns.</param>
internal readonly record struct Orientation(bool MirrorX, bool MirrorY, bool Transpose)
{
    /// <summary>From the EXIF value; anything outside 1 to 8 counts as upright.</summary>
    internal static Orientation FromExif(int value) => value switch
    {
        2 => new(true, false, false),
        3 => new(true, true, false),
        4 => new(false, true, false),
        5 => new(false, false, true),
        6 => new(false, true, true),
        7 => new(true, true, true),
        8 => new(true, false, true),
        _ => default,
    };
}
