using System.Buffers.Binary;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>The frame header of a JPEG, and the DC coefficients of its components.</summary>
internal sealed unsafe class DcFrame : IDisposable
{
    private const int BlockSize = 8;
    private const int ComponentLength = 3;

    private readonly NativeBuffer _coefficients;

    private DcFrame(
        int width, int height, bool progressive, ChromaSampling sampling, ReadOnlySpan<byte> components, NativeBufferPool pool)
    {
        Width = width;
        Height = height;
        Progressive = progressive;
        Sampling = sampling;
        var chroma = components.Length / ComponentLength - 1;
        _coefficients = pool.Rent((nuint)UnitsX * (nuint)UnitsY * (nuint)(sampling.X * sampling.Y + chroma) * sizeof(short));
        Components = new DcComponent[chroma + 1];
        var coefficients = (short*)_coefficients.Pointer;
        for (var i = 0; i <= chroma; i++, components = components[ComponentLength..])
        {
            var (x, y) = i == 0 ? (sampling.X, sampling.Y) : (1, 1);
            Components[i] = new DcComponent(components[0], x, y, components[2], coefficients)
            {
                BlocksX = UnitsX * x,
                OwnBlocksX = Blocks(width, sampling.X / x),
                OwnBlocksY = Blocks(height, sampling.Y / y),
            };
            coefficients += (nint)UnitsX * x * UnitsY * y;
        }
    }

    internal int Width { get; }

    internal int Height { get; }

    internal bool Progressive { get; }

    internal ChromaSampling Sampling { get; }

    internal DcComponent[] Components { get; }

    /// <summary>Interleaved units in a row.</summary>
    internal int UnitsX => Blocks(Width, Sampling.X);

    internal int UnitsY => Blocks(Height, Sampling.Y);

    /// <summary>Reads a frame header.</summary>
    /// <param name="body">The segment behind its length.</param>
    /// <param name="progressive">The process.</param>
    /// <param name="pool">Where the coefficients are kept.</param>
    /// <returns>Null when something is unusual.</returns>
    internal static DcFrame? Create(ReadOnlySpan<byte> body, bool progressive, NativeBufferPool pool)
    {
        if (body.Length < 6 || body[0] != 8 || body[5] is not (1 or 3) || body.Length != 6 + ComponentLength * body[5])
        {
            return null;
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        var gray = body[5] == 1;
        var sampling = gray ? ChromaSampling.Full : new ChromaSampling(body[7] >> 4, body[7] & 15);
        if (width == 0 || height == 0 || !TurboJpegSampling.All.Contains(sampling)
            || (!gray && (body[10] != 0x11 || body[13] != 0x11)))
        {
            return null;
        }

        return new DcFrame(width, height, progressive, sampling, body[6..], pool);
    }

    public void Dispose() => _coefficients.Dispose();

    private static int Blocks(int pixels, int step) => (pixels + BlockSize * step - 1) / (BlockSize * step);
}
