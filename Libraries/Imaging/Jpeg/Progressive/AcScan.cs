using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>Decodes the scan that first brings a band of AC coefficients of a component. Source: ITU-T T.81, annex G.</summary>
internal sealed unsafe class AcScan(ProgressiveComponent component, HuffmanTable table, ScanBand band) : AcDecoder(component)
{
    private const int Block = CoefficientSteps.Coefficients;
    private const int LookShift = 64 - CoefficientSteps.LookBits;

    private readonly CoefficientSteps _steps = CoefficientSteps.ForBand(table);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void DecodeByLooks(ref EntropyReader reader, ref nint block, nint end, ref int ended)
    {
        // Nothing is called here, so that all lives in registers.
        ref var steps = ref MemoryMarshal.GetArrayDataReference(_steps.Packed);
        var (from, to, missingBits) = (band.From, band.To, band.MissingBits);
        var values = Component;
        var bits = reader;
        nint left = ended;
        var at = block;
        while (true)
        {
            // Blocks that have nothing in the band are not even looked at.
            var passed = Math.Min(left, end - at);
            left -= passed;
            at += passed;
            if (at == end || bits.IsLost)
            {
                break;
            }

            var before = bits;
            var endedNow = 0;
            if (!TryDecodeBlock(slow: null, ref steps, ref bits, from, to, missingBits, values, at, ref endedNow))
            {
                bits = before;
                break;
            }

            left = endedNow;
            at++;
        }

        reader = bits;
        ended = (int)left;
        block = at;
    }

    /// <inheritdoc/>
    protected override bool TryDecodeBlock(ref EntropyReader reader, nint block, ref int ended) => TryDecodeBlock(
        _steps, ref MemoryMarshal.GetArrayDataReference(_steps.Packed), ref reader, band.From, band.To, band.MissingBits, Component, block, ref ended);

    /// <summary>Decodes a block. Of one that fails, nothing is noted but some of its coefficients.</summary>
    /// <param name="slow">Finds symbols for which a look does not suffice; without it, the block fails then.</param>
    /// <param name="steps">The looks.</param>
    /// <param name="bits">The bits.</param>
    /// <param name="from">The first coefficient of the band.</param>
    /// <param name="to">The last one.</param>
    /// <param name="missingBits">Low bits that later scans bring.</param>
    /// <param name="component">The component.</param>
    /// <param name="block">Number of the block.</param>
    /// <param name="ended">Blocks to come that have nothing in the band.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeBlock(
        CoefficientSteps? slow, ref long steps, ref EntropyReader bits, nint from, nint to, int missingBits, ProgressiveComponent component,
        nint block, ref int ended)
    {
        var values = component.Coefficients + block * Block;
        var found = 0UL;
        var next = from;
        bits.Fill();
        while (next <= to)
        {
            var step = Unsafe.Add(ref steps, (nint)(bits.Bits >> LookShift));
            var first = next + CoefficientSteps.First(step);
            var second = first + CoefficientSteps.Second(step);
            if (second <= to)
            {
                bits.SkipPacked((int)step);
                values[first] = (short)(CoefficientSteps.FirstValue(step) << missingBits);
                values[second] = (short)(CoefficientSteps.SecondValue(step) << missingBits);
                found |= Bit(first) | Bit(second);
                next = second + 1;
                if (bits.Count < CoefficientSteps.LookBits)
                {
                    bits.Fill();
                }

                continue;
            }

            // The second coefficient is not in the band any more, the block has ended, or a look does not suffice.
            if (CoefficientSteps.First(step) == CoefficientSteps.Unknown && slow is not null)
            {
                bits.Fill();
                step = slow.Find(bits.Bits);
            }

            first = next + CoefficientSteps.First(step);
            if (CoefficientSteps.First(step) == CoefficientSteps.EndOfBlock)
            {
                bits.Skip(CoefficientSteps.FirstBits(step));
                ended = CoefficientSteps.FirstValue(step) - 1;
                break;
            }

            if (first > to)
            {
                return false;
            }

            bits.Skip(CoefficientSteps.FirstBits(step));
            bits.Fill();
            var value = CoefficientSteps.FirstValue(step);
            values[first] = (short)(value << missingBits);
            found |= value == 0 ? 0 : Bit(first);
            next = first + 1;
        }

        component.NonZero[block] |= found;
        return true;
    }

    /// <summary>A coefficient as <see cref="ProgressiveComponent.NonZero"/> has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(nint coefficient) => 1UL << 63 >> (int)coefficient;
}
