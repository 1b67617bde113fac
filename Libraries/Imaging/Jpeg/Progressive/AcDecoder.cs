using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>
/// Decodes a scan of AC coefficients of a component: by looks at the next bits as long as they suffice, which nearly all blocks do
/// with, and the others one by one. Source: ITU-T T.81, annex G.
/// </summary>
/// <param name="component">The component.</param>
internal abstract class AcDecoder(ProgressiveComponent component) : IRunDecoder
{
    // Blocks to come that have no symbols of their own: the standard's EOBRUN.
    private int _ended;

    protected ProgressiveComponent Component { get; } = component;

    /// <inheritdoc/>
    public void Restart() => _ended = 0;

    /// <inheritdoc/>
    public bool TryDecodeUnits(ref EntropyReader reader, int x, int y, int count)
    {
        var block = (nint)y * Component.Header.BlocksX + x;
        var end = block + count;
        while (block < end)
        {
            DecodeByLooks(ref reader, ref block, end, ref _ended);
            if (block < end && !reader.IsLost)
            {
                if (!TryDecodeBlock(ref reader, block, ref _ended))
                {
                    return false;
                }

                block++;
            }

            if (reader.IsLost)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Decodes blocks as far as looks suffice and the reader is not lost.</summary>
    /// <param name="reader">At the first bit; afterwards behind those of the blocks.</param>
    /// <param name="block">Number of the first; afterwards of the one behind the last.</param>
    /// <param name="end">Number of the block behind those wanted.</param>
    /// <param name="ended">Blocks to come that have no symbols of their own.</param>
    protected abstract void DecodeByLooks(ref EntropyReader reader, ref nint block, nint end, ref int ended);

    /// <summary>Decodes a block, whatever its symbols are.</summary>
    /// <param name="reader">At its first bit; afterwards behind its last.</param>
    /// <param name="block">Its number.</param>
    /// <param name="ended">Blocks to come that have no symbols of their own.</param>
    /// <returns>False when it is not as it should be.</returns>
    protected abstract bool TryDecodeBlock(ref EntropyReader reader, nint block, ref int ended);
}
