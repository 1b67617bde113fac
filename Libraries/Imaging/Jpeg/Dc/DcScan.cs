using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>Decodes the DC coefficients of one scan. Source: ITU-T T.81, annexes F and G.</summary>
internal sealed unsafe class DcScan(DcFrame frame, DcScanHeader header, EntropySegments segments)
{
    private const int Coefficients = 64;
    private const int LongestStep = 32;
    private const int LookShift = 64 - DcHuffmanTable.LookBits;

    private readonly int[] _predictions = new int[header.Components.Length];

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the data begins; afterwards at the marker behind it.</param>
    /// <param name="restartInterval">Units between restart markers; 0 for none.</param>
    /// <returns>False when anything is not as it should be.</returns>
    internal bool TryDecode(ReadOnlySpan<byte> file, ref int position, int restartInterval)
    {
        var alone = header.Components.Length == 1;
        var first = header.Components[0].Component;
        var unitsX = alone ? first.OwnBlocksX : frame.UnitsX;
        var units = (long)unitsX * (alone ? first.OwnBlocksY : frame.UnitsY);
        var interval = restartInterval == 0 ? units : restartInterval;
        var restarts = 0;
        for (long unit = 0; unit < units; unit += interval)
        {
            if (unit > 0)
            {
                if (file[position + 1] != 0xD0 + (restarts++ & 7))
                {
                    return false;
                }

                position += 2;
            }

            if (!segments.TryNext(file, ref position, out var reader)
                || !TryDecodeUnits(ref reader, unit, Math.Min(unit + interval, units), unitsX, alone) || !reader.AtEnd)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryDecodeUnits(ref EntropyReader reader, long from, long to, int unitsX, bool alone)
    {
        Array.Clear(_predictions);
        var y = (int)(from / unitsX);
        var x = (int)(from % unitsX);
        for (var unit = from; unit < to; unit++)
        {
            for (var i = 0; i < header.Components.Length; i++)
            {
                var part = header.Components[i];
                var component = part.Component;
                var (width, height) = alone ? (1, 1) : (component.X, component.Y);
                for (var block = 0; block < width * height; block++)
                {
                    var target = component.Coefficients
                        + (nint)(y * height + block / width) * component.BlocksX + x * width + block % width;
                    if (!TryDecodeBlock(ref reader, part, ref _predictions[i], target))
                    {
                        return false;
                    }
                }
            }

            if (reader.IsLost)
            {
                return false;
            }

            if (++x == unitsX)
            {
                (x, y) = (0, y + 1);
            }
        }

        return true;
    }

    private bool TryDecodeBlock(ref EntropyReader reader, DcScanComponent part, ref int prediction, short* target)
    {
        reader.Fill();
        if (header.Refines)
        {
            *target |= (short)((int)(reader.Bits >> 63) << header.MissingBits);
            reader.Skip(1);
            return true;
        }

        var step = part.Dc.Steps[(int)(reader.Bits >> LookShift)];
        if (step.Bits == 0)
        {
            step = part.Dc.FindLong(reader.Bits);
        }

        var size = step.Symbol;
        if (step.Bits == 0 || size > 11)
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
        return part.Runs is not { } runs || TrySkipAc(ref reader, part.Ac!, runs);
    }

    private static bool TrySkipAc(ref EntropyReader reader, DcHuffmanTable table, DcHuffmanTable.Step[] runs)
    {
        // A copy lives in registers; the original would be stored at each step.
        var local = reader;
        ref var run = ref MemoryMarshal.GetArrayDataReference(runs);
        var index = 1;
        while (index < Coefficients)
        {
            if (local.Count < LongestStep)
            {
                local.Fill();
            }

            var step = Unsafe.Add(ref run, (nint)(local.Bits >> LookShift));
            if (step.Bits == 0 || index + step.Passed + (step.EndsBlock ? 1 : 0) > Coefficients)
            {
                // Codes beyond a look, and looks beyond the block's end: one symbol at a time.
                step = table.Steps[(int)(local.Bits >> LookShift)];
                step = (step.Bits == 0 ? table.FindLong(local.Bits) : step).AsAc();
                if (step.Bits == 0)
                {
                    return false;
                }
            }

            local.Skip(step.Bits);
            index += step.Passed;
            if (step.EndsBlock)
            {
                break;
            }
        }

        reader = local;
        return index <= Coefficients;
    }
}

/// <summary>What a scan header says.</summary>
/// <param name="Components">The components in the scan.</param>
/// <param name="MissingBits">Low bits that later scans bring.</param>
/// <param name="Refines">Whether it brings one more bit of each coefficient.</param>
internal sealed record DcScanHeader(DcScanComponent[] Components, int MissingBits, bool Refines);

/// <summary>A component in a scan.</summary>
/// <param name="Component">The component.</param>
/// <param name="Dc">Table of DC symbols; unused when the scan refines.</param>
/// <param name="Ac">Table of AC symbols, where the scan has any.</param>
/// <param name="Runs">Steps over AC symbols, where the scan has any.</param>
internal sealed record DcScanComponent(
    DcComponent Component, DcHuffmanTable Dc, DcHuffmanTable? Ac, DcHuffmanTable.Step[]? Runs);
