using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// One channel of 8-bit samples. Rows start at multiples of 64 bytes, and a row may be read and written up to its
/// stride, so that vector code needs no tail.
/// </summary>
internal sealed unsafe class Plane : IDisposable
{
    private const int RowAlignment = 64;

    private readonly NativeBuffer _buffer;

    /// <summary>Rents a plane with undefined content.</summary>
    /// <param name="pool">Where its memory comes from.</param>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    internal Plane(NativeBufferPool pool, int width, int height)
    {
        Width = width;
        Height = height;
        Stride = checked((width + RowAlignment - 1) / RowAlignment * RowAlignment);
        _buffer = pool.Rent((nuint)Stride * (nuint)height + RowAlignment);
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Stride { get; }

    internal byte* Row(int y) => _buffer.Pointer + (nint)y * Stride;

    internal ReadOnlySpan<byte> RowSpan(int y) => new(Row(y), Width);

    public void Dispose() => _buffer.Dispose();
}
