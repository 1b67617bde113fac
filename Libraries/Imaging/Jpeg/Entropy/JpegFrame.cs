using System.Buffers.Binary;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>The frame header of a JPEG in gray or YCbCr with 8 bits a sample. Source: ITU-T T.81, annex B.</summary>
internal sealed class JpegFrame
{
    internal const int BlockSize = 8;

    private const int ComponentLength = 3;
    private const int MostFactor = 4;

    private JpegFrame(int width, int height, bool progressive, ChromaSampling sampling, ReadOnlySpan<byte> components)
    {
        Width = width;
        Height = height;
        Progressive = progressive;
        Sampling = sampling;
        Components = new JpegComponent[components.Length / ComponentLength];
        for (var i = 0; i < Components.Length; i++, components = components[ComponentLength..])
        {
            var (x, y) = i == 0 ? (sampling.X, sampling.Y) : (1, 1);
            Components[i] = new JpegComponent(
                components[0], x, y, components[2], UnitsX * x, Blocks(width, sampling.X / x), Blocks(height, sampling.Y / y));
        }
    }

    internal int Width { get; }

    internal int Height { get; }

    internal bool Progressive { get; }

    internal ChromaSampling Sampling { get; }

    internal JpegComponent[] Components { get; }

    /// <summary>Interleaved units (MCUs) in a row.</summary>
    internal int UnitsX => Blocks(Width, Sampling.X);

    internal int UnitsY => Blocks(Height, Sampling.Y);

    /// <summary>The components of a scan.</summary>
    /// <param name="body">The header of the scan behind its length.</param>
    /// <returns>Their numbers in the frame; null where they are not those of the frame in its order.</returns>
    internal int[]? ComponentsOf(ReadOnlySpan<byte> body)
    {
        if (body.Length < 1 || body[0] == 0 || body.Length != 4 + 2 * body[0])
        {
            return null;
        }

        var numbers = new int[body[0]];
        var number = -1;
        for (var i = 0; i < numbers.Length; i++)
        {
            var id = body[1 + 2 * i];
            number = Array.FindIndex(Components, number + 1, component => component.Id == id);
            if (number < 0)
            {
                return null;
            }

            numbers[i] = number;
        }

        return numbers;
    }

    /// <summary>The units of a scan, in a row and rows: of a component alone, each is one block, and none only fill others up.</summary>
    internal (int X, int Y) UnitsOf(int[] components) => components.Length > 1
        ? (UnitsX, UnitsY)
        : (Components[components[0]].OwnBlocksX, Components[components[0]].OwnBlocksY);

    /// <summary>The picture when decoded at a part of its size.</summary>
    internal PlanarShape Shape(JpegScale scale)
    {
        var coarser = scale.Luma / scale.Chroma;
        return new(
            Width * scale.Luma / (double)BlockSize, Height * scale.Luma / (double)BlockSize,
            new ChromaSampling(Sampling.X * coarser, Sampling.Y * coarser), IsGray: Components.Length == 1)
        {
            LumaReduction = BlockSize / scale.Luma,
            ChromaReduction = BlockSize / scale.Chroma,
        };
    }

    /// <summary>Reads a frame header.</summary>
    /// <param name="body">The segment behind its length.</param>
    /// <param name="progressive">The process.</param>
    /// <returns>Null when something is unusual.</returns>
    internal static JpegFrame? Read(ReadOnlySpan<byte> body, bool progressive)
    {
        if (body.Length < 6 || body[0] != 8 || body[5] is not (1 or 3) || body.Length != 6 + ComponentLength * body[5])
        {
            return null;
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        var gray = body[5] == 1;
        var sampling = gray ? ChromaSampling.Full : new ChromaSampling(body[7] >> 4, body[7] & 15);
        // A component alone has no need of factors, but others refuse those that the standard does not know.
        if (width == 0 || height == 0 || body[7] >> 4 is < 1 or > MostFactor || (body[7] & 15) is < 1 or > MostFactor
            || !TurboJpegSampling.All.Contains(sampling)
            || (!gray && (body[10] != 0x11 || body[13] != 0x11)))
        {
            return null;
        }

        return new JpegFrame(width, height, progressive, sampling, body[6..]);
    }

    private static int Blocks(int pixels, int step) => (pixels + BlockSize * step - 1) / (BlockSize * step);
}

/// <summary>A component of a frame.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="X">Blocks in a row of an interleaved unit.</param>
/// <param name="Y">Rows of blocks of an interleaved unit.</param>
/// <param name="Quantisation">Number of its table.</param>
/// <param name="BlocksX">Blocks in a row, filled up to whole units.</param>
/// <param name="OwnBlocksX">Blocks in a row of a scan of this component alone.</param>
/// <param name="OwnBlocksY">Rows of blocks of a scan of this component alone.</param>
internal sealed record JpegComponent(byte Id, int X, int Y, byte Quantisation, int BlocksX, int OwnBlocksX, int OwnBlocksY);
