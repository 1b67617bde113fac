namespace ImageLibrary.Imaging;

/// <summary>
/// Formats that our own libvips does not read. The system's does, with many more codecs behind it, so they are read only where a
/// person wants them, and only in a helper process.
/// </summary>
[Flags]
public enum ExtraFormats
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Photos of phones: HEVC in HEIF.</summary>
    Heic = 1,

    /// <summary>JPEG 2000, in its container or bare.</summary>
    Jpeg2000 = 2,

    /// <summary>JPEG XL.</summary>
    JpegXl = 4,

    /// <summary>Vector graphics.</summary>
    Svg = 8,
}
