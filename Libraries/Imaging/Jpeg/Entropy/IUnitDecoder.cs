using System.Runtime.CompilerServices;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>Decodes the units of a scan one by one.</summary>
internal interface IUnitDecoder : IRunDecoder
{
    /// <summary>Decodes a unit.</summary>
    /// <param name="reader">At its first bit; afterwards behind its last.</param>
    /// <param name="x">Units left of it.</param>
    /// <param name="y">Rows of units above it.</param>
    /// <returns>False when it is not as it should be.</returns>
    bool TryDecodeUnit(ref EntropyReader reader, int x, int y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool IRunDecoder.TryDecodeUnits(ref EntropyReader reader, int x, int y, int count)
    {
        for (var end = x + count; x < end; x++)
        {
            // The reader's margin covers what a unit beyond the end can take, so it is enough to look once for each.
            if (!TryDecodeUnit(ref reader, x, y) || reader.IsLost)
            {
                return false;
            }
        }

        return true;
    }
}
