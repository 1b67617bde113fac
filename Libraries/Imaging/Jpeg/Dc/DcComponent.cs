using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>A component of a frame, with its DC coefficients.</summary>
/// <param name="header">What the frame header tells of it.</param>
/// <param name="coefficients">Room for all blocks, filled up to whole units.</param>
internal sealed unsafe class DcComponent(JpegComponent header, short* coefficients)
{
    internal JpegComponent Header { get; } = header;

    /// <summary>DC coefficients, <see cref="JpegComponent.BlocksX"/> a row.</summary>
    internal short* Coefficients { get; } = coefficients;

    /// <summary>How many low bits of the coefficients are not known yet; 16 before the first scan.</summary>
    internal int MissingBits { get; set; } = 16;
}
