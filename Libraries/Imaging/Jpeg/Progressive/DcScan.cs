using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>Decodes a scan of DC coefficients, which may have several components. Source: ITU-T T.81, annex G.</summary>
/// <param name="components">The components in the scan.</param>
/// <param name="tables">A table for each; none where the scan refines.</param>
/// <param name="band">What it brings.</param>
internal sealed unsafe class DcScan(ProgressiveComponent[] components, CoefficientSteps[] tables, ScanBand band) : IUnitDecoder
{
    private readonly UnitBlock[] _blocks = Blocks(components, tables);
    private readonly int[] _predictions = new int[components.Length];

    /// <inheritdoc/>
    public void Restart() => Array.Clear(_predictions);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryDecodeUnit(ref EntropyReader reader, int x, int y)
    {
        if (band.Refines)
        {
            Refine(ref reader, x, y);
            return true;
        }

        foreach (ref readonly var block in _blocks.AsSpan())
        {
            reader.Fill();
            var step = block.Table!.Packed[reader.Bits >> (64 - CoefficientSteps.LookBits)];
            if (CoefficientSteps.First(step) != 0)
            {
                step = block.Table.Find(reader.Bits);
                if (CoefficientSteps.First(step) != 0)
                {
                    return false;
                }
            }

            reader.Skip(CoefficientSteps.FirstBits(step));
            ref var prediction = ref _predictions[block.Number];
            prediction += CoefficientSteps.FirstValue(step);
            var at = block.At(x, y);
            block.Means[at] = (short)(prediction << band.MissingBits);
            // No scan has brought anything of this block before.
            block.NonZero[at] = 0;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refine(ref EntropyReader reader, int x, int y)
    {
        // One bit for each block, of which a unit has at most six.
        reader.Fill();
        var bits = reader.Bits;
        foreach (ref readonly var block in _blocks.AsSpan())
        {
            block.Means[block.At(x, y)] |= (short)((int)(bits >> 63) << band.MissingBits);
            bits <<= 1;
        }

        reader.Skip(_blocks.Length);
    }

    /// <summary>The blocks of a unit in the order of the data; a component alone has one.</summary>
    private static UnitBlock[] Blocks(ProgressiveComponent[] components, CoefficientSteps[] tables) =>
    [
        .. components.SelectMany((component, number) =>
        {
            var (width, height) = components.Length == 1 ? (1, 1) : (component.Header.X, component.Header.Y);
            return Enumerable.Range(0, width * height).Select(block => new UnitBlock(
                number, component, tables.Length == 0 ? null : tables[number], block / width * component.Header.BlocksX + block % width,
                width, height * component.Header.BlocksX));
        }),
    ];

    /// <summary>A block of a unit: which one it is in the first unit, and how far that moves from unit to unit.</summary>
    private readonly struct UnitBlock(int number, ProgressiveComponent component, CoefficientSteps? table, int first, int strideX, int strideY)
    {
        internal readonly int Number = number;
        internal readonly short* Means = component.Means;
        internal readonly ulong* NonZero = component.NonZero;
        internal readonly CoefficientSteps? Table = table;
        private readonly int _first = first;
        private readonly int _strideX = strideX;
        private readonly int _strideY = strideY;

        internal nint At(int x, int y) => _first + (nint)y * _strideY + x * _strideX;
    }
}
