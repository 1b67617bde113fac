using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>Decodes a scan that has nothing but bits of DC coefficients. Source: ITU-T T.81, annex G.</summary>
/// <param name="components">The components in the scan.</param>
/// <param name="missingBits">Low bits that later scans bring.</param>
/// <param name="refines">Whether it brings one more bit of each coefficient.</param>
internal sealed unsafe class DcScan(DcScanComponent[] components, int missingBits, bool refines) : IUnitDecoder
{
    private readonly DcBlock[] _blocks = DcBlock.Of(components);
    private readonly int[] _predictions = new int[components.Length];

    /// <inheritdoc/>
    public void Restart() => Array.Clear(_predictions);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryDecodeUnit(ref EntropyReader reader, int x, int y)
    {
        foreach (ref readonly var block in _blocks.AsSpan())
        {
            reader.Fill();
            if (refines)
            {
                *block.At(x, y) |= (short)((int)(reader.Bits >> 63) << missingBits);
                reader.Skip(1);
                continue;
            }

            var step = block.Part.Dc.Find(reader.Bits);
            if (!DcScanComponent.IsDifference(step))
            {
                return false;
            }

            ref var prediction = ref _predictions[block.Number];
            prediction += step.Value(reader.Bits);
            *block.At(x, y) = (short)(prediction << missingBits);
            reader.Skip(step.Bits);
        }

        return true;
    }
}
