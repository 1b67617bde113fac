namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>A component of a frame, with its DC coefficients.</summary>
/// <param name="id">Its number in the file.</param>
/// <param name="x">Blocks in a row of an interleaved unit.</param>
/// <param name="y">Rows of blocks of an interleaved unit.</param>
/// <param name="quantisation">Number of its table.</param>
/// <param name="coefficients">Room for all blocks, filled up to whole units.</param>
internal sealed unsafe class DcComponent(byte id, int x, int y, byte quantisation, short* coefficients)
{
    internal byte Id { get; } = id;

    internal int X { get; } = x;

    internal int Y { get; } = y;

    internal byte Quantisation { get; } = quantisation;

    /// <summary>DC coefficients, <see cref="BlocksX"/> a row.</summary>
    internal short* Coefficients { get; } = coefficients;

    /// <summary>Blocks in a row, filled up to whole units.</summary>
    internal int BlocksX { get; init; }

    /// <summary>Blocks in a row of a scan of this component alone.</summary>
    internal int OwnBlocksX { get; init; }

    /// <summary>Rows of blocks of a scan of this component alone.</summary>
    internal int OwnBlocksY { get; init; }

    /// <summary>How many low bits of the coefficients are not known yet; 16 before the first scan.</summary>
    internal int MissingBits { get; set; } = 16;
}
