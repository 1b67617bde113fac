using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Baseline;

/// <summary>The coefficients of two blocks that are transformed at once, one in each half of a vector.</summary>
/// <param name="blocks">Coefficients of one block and then of the other, row by row.</param>
/// <param name="firstQuantisers">What those of one block are multiplied by.</param>
/// <param name="secondQuantisers">The same of the other block.</param>
internal readonly unsafe struct BlockPair(short* blocks, short* firstQuantisers, short* secondQuantisers)
{
    private readonly short* _blocks = blocks;
    private readonly short* _firstQuantisers = firstQuantisers;
    private readonly short* _secondQuantisers = secondQuantisers;

    /// <summary>A row of both blocks, multiplied by its quantisers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<short> Row(int y) => Vector256.Create(
        Vector128.Load(_blocks + 8 * y) * Vector128.Load(_firstQuantisers + 8 * y),
        Vector128.Load(_blocks + 64 + 8 * y) * Vector128.Load(_secondQuantisers + 8 * y));

    /// <summary>Makes samples.</summary>
    /// <param name="size">Samples in a row of a block: 2, 4 or 8.</param>
    /// <param name="used">How many coefficients of each, in zigzag order, may differ from zero.</param>
    /// <param name="first">Where the samples of one block go.</param>
    /// <param name="firstStride">Bytes from row to row.</param>
    /// <param name="second">Where those of the other go.</param>
    /// <param name="secondStride">Bytes from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void ToSamples(int size, int used, byte* first, nint firstStride, byte* second, nint secondStride)
    {
        if (used <= 1)
        {
            var (firstMean, secondMean) = Means();
            for (var y = 0; y < size; y++)
            {
                new Span<byte>(first + y * firstStride, size).Fill(firstMean);
                new Span<byte>(second + y * secondStride, size).Fill(secondMean);
            }

            return;
        }

        switch (size)
        {
            case JpegFrame.BlockSize / 4:
                ReducedTransform.Quarter(this, first, firstStride, second, secondStride);
                break;
            case JpegFrame.BlockSize / 2:
                ReducedTransform.Half(this, first, firstStride, second, secondStride);
                break;
            default:
                InverseTransform.Transform(this, used, first, firstStride, second, secondStride);
                break;
        }
    }

    /// <summary>The sample that all of a block are, where only its mean differs from zero.</summary>
    private (byte First, byte Second) Means() =>
        (Mean((short)(_blocks[0] * _firstQuantisers[0])), Mean((short)(_blocks[64] * _secondQuantisers[0])));

    private static byte Mean(short coefficient) => (byte)Math.Clamp(((coefficient + 4) >> 3) + 128, 0, byte.MaxValue);
}
