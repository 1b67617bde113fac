using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// One channel of 8-bit samples. Rows start at multiples of 64 bytes, and a row may be read and written up to its
/// stride, so that vector code needs no tail. A plane may have memory for some of its rows only, which then slides downwards.
/// </summary>
internal sealed unsafe class Plane : IDisposable
{
    private const int RowAlignment = 64;

    private readonly NativeBuffer _buffer;
    private readonly int _rows;

    // Where the first row of the plane is, or would be.
    private byte* _origin;
    private int _first;

    /// <summary>Rents a plane with undefined content.</summary>
    /// <param name="pool">Where its memory comes from.</param>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    internal Plane(NativeBufferPool pool, int width, int height)
        : this(pool, width, height, height)
    {
    }

    /// <summary>Rents a plane of which only some rows are there at a time, at first the uppermost.</summary>
    /// <param name="pool">Where its memory comes from.</param>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rows">How many of them are there.</param>
    internal Plane(NativeBufferPool pool, int width, int height, int rows)
    {
        Width = width;
        Height = height;
        Stride = StrideOf(width);
        _rows = rows;
        _buffer = pool.Rent((nuint)Stride * (nuint)rows + RowAlignment);
        _origin = _buffer.Pointer;
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Stride { get; }

    /// <summary>Bytes from row to row of planes of some width.</summary>
    internal static int StrideOf(int width) => checked((width + RowAlignment - 1) / RowAlignment * RowAlignment);

    /// <summary>A row that is there.</summary>
    internal byte* Row(int y) => _origin + (nint)y * Stride;

    internal ReadOnlySpan<byte> RowSpan(int y) => new(Row(y), Width);

    /// <summary>Sees to it that rows are there, and forgets others above where that is necessary.</summary>
    /// <param name="kept">The first row that must be kept.</param>
    /// <param name="filled">The row behind the last that has been filled.</param>
    /// <param name="end">The row behind the last that must be there.</param>
    internal void Slide(int kept, int filled, int end)
    {
        if (end <= _first + _rows)
        {
            return;
        }

        Buffer.MemoryCopy(Row(kept), _buffer.Pointer, (nint)_rows * Stride, (nint)(filled - kept) * Stride);
        _first = kept;
        _origin = _buffer.Pointer - (nint)kept * Stride;
    }

    public void Dispose() => _buffer.Dispose();
}
