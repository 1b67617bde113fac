using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>Decodes the DC coefficients of one scan. Source: ITU-T T.81, annexes F and G.</summary>
internal sealed unsafe class DcScan(DcFrame frame, DcScanHeader header, EntropySegments segments) : IUnitDecoder
{
    private const int LookShift = 64 - AcRuns.LookBits;

    // The most that the baseline process has.
    private const int MostDcBits = 11;

    private readonly UnitBlock[] _blocks = Blocks(header);
    private readonly int[] _predictions = new int[header.Components.Length];

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the data begins; afterwards at the marker behind it.</param>
    /// <param name="restartInterval">Units between restart markers; 0 for none.</param>
    /// <returns>False when anything is not as it should be.</returns>
    internal bool TryDecode(ReadOnlySpan<byte> file, ref int position, int restartInterval)
    {
        var first = header.Components[0].Component.Header;
        var (unitsX, unitsY) = header.IsAlone ? (first.OwnBlocksX, first.OwnBlocksY) : (frame.Header.UnitsX, frame.Header.UnitsY);
        return segments.TryDecode(file, ref position, unitsX, unitsY, restartInterval, this, CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Restart() => Array.Clear(_predictions);

    /// <summary>The blocks of a unit in the order of the data.</summary>
    private static UnitBlock[] Blocks(DcScanHeader header)
    {
        var blocks = new List<UnitBlock>();
        for (var i = 0; i < header.Components.Length; i++)
        {
            var part = header.Components[i];
            var component = part.Component;
            var (width, height) = header.IsAlone ? (1, 1) : (component.Header.X, component.Header.Y);
            for (var block = 0; block < width * height; block++)
            {
                var first = component.Coefficients + (nint)(block / width) * component.Header.BlocksX + block % width;
                blocks.Add(new UnitBlock(i, part, first, width, height * component.Header.BlocksX));
            }
        }

        return [.. blocks];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryDecodeUnit(ref EntropyReader reader, int x, int y)
    {
        foreach (ref readonly var block in _blocks.AsSpan())
        {
            var target = block.First + (nint)y * block.StrideY + x * block.StrideX;
            reader.Fill();
            if (header.Refines)
            {
                *target |= (short)((int)(reader.Bits >> 63) << header.MissingBits);
                reader.Skip(1);
                continue;
            }

            ref var prediction = ref _predictions[block.Number];
            var step = block.Part.Dc.Find(reader.Bits);
            var size = step.Symbol;
            if (step.Bits == 0 || size > MostDcBits)
            {
                return false;
            }

            if (size > 0)
            {
                var value = (int)((reader.Bits << step.CodeLength) >> (64 - size));
                // A value whose first bit is clear is negative.
                prediction += value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
            }

            reader.Skip(step.Bits);
            *target = (short)(prediction << header.MissingBits);
            if (block.Part.Runs is { } runs && !TrySkipAc(ref reader, block.Part.Ac!, runs))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkipAc(ref EntropyReader reader, HuffmanTable table, AcRuns runs)
    {
        ref var run = ref MemoryMarshal.GetArrayDataReference(runs.Packed);
        var index = 1;
        // Copies live in registers; the reader's own would be stored at each step. Of the bits of a fill the DC coefficient
        // took at most 27, so two runs fit before the next.
        var bits = reader.Bits;
        var count = reader.Count;
        while (true)
        {
            ulong before;
            int step;
            // Only the shift and the load depend on the run before.
            do
            {
                before = bits;
                step = Unsafe.Add(ref run, (nint)(bits >> LookShift));
                bits <<= step;
                count -= AcRuns.Bits(step);
                index += AcRuns.Passed(step);
                if (index >= AcRuns.Coefficients)
                {
                    break;
                }

                before = bits;
                step = Unsafe.Add(ref run, (nint)(bits >> LookShift));
                bits <<= step;
                count -= AcRuns.Bits(step);
                index += AcRuns.Passed(step);
            }
            while (index < AcRuns.Coefficients && count >= 2 * AcRuns.MostBits);

            reader.Set(bits, count);
            if (AcRuns.EndsWithin(index))
            {
                return true;
            }

            if (index > AcRuns.Coefficients)
            {
                // A run that leaves the block, or none at all: one symbol, from where the step began.
                reader.Set(before, count + AcRuns.Bits(step));
                index = SkipSymbol(ref reader, table, index - AcRuns.Passed(step));
            }

            if (index >= AcRuns.Coefficients)
            {
                return index == AcRuns.Coefficients;
            }

            reader.Fill();
            bits = reader.Bits;
            count = reader.Count;
        }
    }

    /// <summary>Skips one symbol.</summary>
    /// <returns>The index behind it; beyond the block when there is no symbol, or not there.</returns>
    private static int SkipSymbol(ref EntropyReader reader, HuffmanTable table, int index)
    {
        reader.Fill();
        var step = table.Find(reader.Bits);
        reader.Skip(step.Bits);
        return step.Bits == 0 ? int.MaxValue : AcRuns.SymbolPasses(step.Symbol) switch
        {
            0 => int.MaxValue,
            AcRuns.EndOfBlock => AcRuns.Coefficients,
            var passed => index + passed,
        };
    }

    /// <summary>A block of a unit: where the first unit's coefficient goes, and how far that moves from unit to unit.</summary>
    private readonly struct UnitBlock(int number, DcScanComponent part, short* first, int strideX, int strideY)
    {
        internal readonly int Number = number;
        internal readonly DcScanComponent Part = part;
        internal readonly short* First = first;
        internal readonly int StrideX = strideX;
        internal readonly int StrideY = strideY;
    }
}

/// <summary>What a scan header says.</summary>
/// <param name="Components">The components in the scan.</param>
/// <param name="MissingBits">Low bits that later scans bring.</param>
/// <param name="Refines">Whether it brings one more bit of each coefficient.</param>
internal sealed record DcScanHeader(DcScanComponent[] Components, int MissingBits, bool Refines)
{
    /// <summary>Whether it has one component, whose blocks then are units by themselves.</summary>
    internal bool IsAlone => Components.Length == 1;
}

/// <summary>A component in a scan.</summary>
/// <param name="Component">The component.</param>
/// <param name="Dc">Table of DC symbols; unused when the scan refines.</param>
/// <param name="Ac">Table of AC symbols, where the scan has any.</param>
/// <param name="Runs">Steps over AC symbols, where the scan has any.</param>
internal sealed record DcScanComponent(
    DcComponent Component, HuffmanTable Dc, HuffmanTable? Ac, AcRuns? Runs);
