using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>
/// Decodes a scan that brings one more bit of a band of AC coefficients of a component. A symbol passes coefficients that are
/// zero, and takes a bit for each other one on the way. Which ones those are is known as bits of a number, so all of them are
/// taken at once, and values change only when the block has ended, in vectors. Source: ITU-T T.81, annex G.
/// </summary>
internal sealed unsafe class AcRefinement(ProgressiveComponent component, HuffmanTable table, ScanBand band) : AcDecoder(component)
{
    private const int Block = CoefficientSteps.Coefficients;
    private const int LookShift = 64 - RefinementSteps.LookBits;

    private readonly RefinementSteps _steps = new(table);
    private readonly ulong _band = ulong.MaxValue >> band.From & ulong.MaxValue << (Block - 1 - band.To);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void DecodeByLooks(ref EntropyReader reader, ref nint block, nint end, ref int ended)
    {
        // Nothing is called here, so that all lives in registers.
        ref var steps = ref MemoryMarshal.GetArrayDataReference(_steps.Packed);
        var within = _band;
        var missingBits = band.MissingBits;
        var values = Component;
        var bits = reader;
        var left = ended;
        var at = block;
        bits.Fill();
        while (at < end && !bits.IsLost)
        {
            var before = bits;
            if (!TryDecodeBlock(slow: null, ref steps, ref bits, within, values, at, missingBits, ref left))
            {
                bits = before;
                break;
            }

            at++;
        }

        reader = bits;
        ended = left;
        block = at;
    }

    /// <inheritdoc/>
    protected override bool TryDecodeBlock(ref EntropyReader reader, nint block, ref int ended) => TryDecodeBlock(
        _steps, ref MemoryMarshal.GetArrayDataReference(_steps.Packed), ref reader, _band, Component, block, band.MissingBits, ref ended);

    /// <summary>Decodes a block. Of one that fails, nothing has changed but the reader.</summary>
    /// <param name="slow">Finds symbols for which a look does not suffice; without it, the block fails then.</param>
    /// <param name="steps">The looks.</param>
    /// <param name="bits">The bits.</param>
    /// <param name="band">Which coefficients are refined.</param>
    /// <param name="component">The component.</param>
    /// <param name="block">Number of the block.</param>
    /// <param name="missingBits">Low bits that are missing still.</param>
    /// <param name="ended">Blocks to come in which nothing becomes other than zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeBlock(
        RefinementSteps? slow, ref int steps, ref EntropyReader bits, ulong band, ProgressiveComponent component, nint block,
        int missingBits, ref int ended)
    {
        var before = component.NonZero[block];
        // Of the rest of the band, what is zero and what is not; and what becomes larger, or negative.
        var zeros = ~before & band;
        var others = before & band;
        var changed = 0UL;
        var negative = 0UL;
        var left = ended;
        if (left == 0)
        {
            var zerosLeft = BitOperations.PopCount(zeros);
            var at = BitOperations.LeadingZeroCount(band) - 1;
            do
            {
                if (slow is not null)
                {
                    bits.Fill();
                }

                ref var look = ref Unsafe.Add(ref steps, (nint)(bits.Bits >> LookShift));
                var step = look;
                var passed = RefinementSteps.Passed(ref look);
                zerosLeft -= passed;
                if (zerosLeft < 0)
                {
                    if (passed == RefinementSteps.Unknown && slow is not null)
                    {
                        step = slow.Find(bits.Bits);
                        zerosLeft += passed;
                        passed = RefinementSteps.Passed(ref step);
                        zerosLeft -= passed;
                    }

                    if (passed == RefinementSteps.EndOfBlock)
                    {
                        bits.SkipPacked(step);
                        left = RefinementSteps.Ended(step);
                        break;
                    }

                    if (zerosLeft < 0)
                    {
                        return false;
                    }
                }

                // Before the bits for other coefficients, whose number is known last, and the next look waits for it.
                bits.SkipPacked(step);
                bits.Fill();
                var target = Bmi2.X64.ParallelBitDeposit(1UL << zerosLeft, zeros);
                var length = BitOperations.LeadingZeroCount(target) - at - passed;
                at += length + passed;
                if (!TryTake(slow is not null, ref bits, others & (0 - target), length, ref changed))
                {
                    return false;
                }

                changed |= target & RefinementSteps.New(step);
                negative |= target & RefinementSteps.Negative(step);
                zeros &= target - 1;
                others &= target - 1;
            }
            while ((zeros | others) != 0);
        }

        if (left > 0)
        {
            var length = BitOperations.PopCount(others);
            if (length > bits.Count - RefinementSteps.LookBits)
            {
                bits.Fill();
            }

            if (!TryTake(slow is not null, ref bits, others, length, ref changed))
            {
                return false;
            }

            left--;
        }

        ended = left;

        if (changed != 0)
        {
            component.NonZero[block] = before | changed;
            Change(component.Coefficients + block * Block, before, changed, negative, (short)(1 << missingBits));
        }

        return true;
    }

    /// <summary>Takes a bit for each of some coefficients, and leaves enough of them valid for a look.</summary>
    /// <param name="slow">Whether to take more bits than are valid; if not, this fails then.</param>
    /// <param name="bits">The bits.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="taken">The set bits among those taken are added to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTake(bool slow, ref EntropyReader bits, ulong coefficients, int length, ref ulong taken)
    {
        if (length > bits.Count - RefinementSteps.LookBits)
        {
            if (slow)
            {
                taken |= TakeMany(ref bits, coefficients);
            }

            return slow;
        }

        taken |= Bmi2.X64.ParallelBitDeposit(bits.Bits >> -length, coefficients);
        bits.Skip(length);
        return true;
    }

    /// <summary>Takes a bit for each of more coefficients than bits may be valid.</summary>
    private static ulong TakeMany(ref EntropyReader reader, ulong coefficients)
    {
        var high = coefficients & ulong.MaxValue << 32;
        return Take(ref reader, high) | Take(ref reader, coefficients ^ high);
    }

    private static ulong Take(ref EntropyReader reader, ulong coefficients)
    {
        reader.Fill();
        var length = BitOperations.PopCount(coefficients);
        var taken = Bmi2.X64.ParallelBitDeposit(reader.Bits >> -length, coefficients);
        reader.Skip(length);
        return taken;
    }

    /// <summary>Moves coefficients away from zero.</summary>
    /// <param name="values">The coefficients of a block.</param>
    /// <param name="nonZero">Which ones are not zero.</param>
    /// <param name="changed">Which ones move.</param>
    /// <param name="negative">Which of those that are zero become negative.</param>
    /// <param name="unit">How far.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Change(short* values, ulong nonZero, ulong changed, ulong negative, short unit)
    {
        ChangeSixteen(values, (ushort)(nonZero >> 48), (ushort)(changed >> 48), (ushort)(negative >> 48), unit);
        ChangeSixteen(values + 16, (ushort)(nonZero >> 32), (ushort)(changed >> 32), (ushort)(negative >> 32), unit);
        if ((uint)changed != 0)
        {
            ChangeSixteen(values + 32, (ushort)(nonZero >> 16), (ushort)(changed >> 16), (ushort)(negative >> 16), unit);
            ChangeSixteen(values + 48, (ushort)nonZero, (ushort)changed, (ushort)negative, unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ChangeSixteen(short* values, ushort nonZero, ushort changed, ushort negative, short unit)
    {
        var before = Vector256.Load(values) & Lanes(nonZero);
        var sign = (before >> 15) | Lanes(negative);
        ((((Vector256.Create(unit) ^ sign) - sign) & Lanes(changed)) + before).Store(values);
    }

    /// <summary>All ones where a bit is set, from the highest down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Lanes(ushort bits)
    {
        var lanes = Vector256.Create(
            1 << 15, 1 << 14, 1 << 13, 1 << 12, 1 << 11, 1 << 10, 1 << 9, 1 << 8, 1 << 7, 1 << 6, 1 << 5, 1 << 4, 1 << 3, 1 << 2, 1 << 1, (ushort)1);
        return Vector256.Equals(Vector256.Create(bits) & lanes, lanes).AsInt16();
    }
}
