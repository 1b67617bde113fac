using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>Cuts the data of a scan at its restart markers and takes out the zero bytes stuffed behind 0xFF.</summary>
internal sealed unsafe class EntropySegments(NativeBufferPool pool, int fileLength) : IDisposable
{
    private readonly NativeBuffer _buffer = pool.Rent((nuint)fileLength + EntropyReader.Margin);

    /// <summary>Decodes the data of a scan row by row of units.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the data begins; afterwards at the marker behind it.</param>
    /// <param name="unitsX">Units in a row.</param>
    /// <param name="unitsY">Rows of units.</param>
    /// <param name="restartInterval">Units between restart markers; 0 for none.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="cancellationToken">Stops between rows of units.</param>
    /// <returns>False when anything is not as it should be.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryDecode(
        ReadOnlySpan<byte> file, ref int position, int unitsX, int unitsY, int restartInterval, IRunDecoder decoder,
        CancellationToken cancellationToken)
    {
        var reader = default(EntropyReader);
        var segment = restartInterval == 0 ? long.MaxValue : restartInterval;
        long restarts = -1;
        long left = 0;
        for (var y = 0; y < unitsY; y++)
        {
            for (var x = 0; x < unitsX;)
            {
                if (left == 0)
                {
                    if (restarts >= 0 && (!reader.AtEnd || !TryRestart(file, ref position, restarts)))
                    {
                        return false;
                    }

                    if (!TryNext(file, ref position, out reader, cancellationToken))
                    {
                        return false;
                    }

                    decoder.Restart();
                    restarts++;
                    left = segment;
                }

                var count = (int)Math.Min(left, unitsX - x);
                if (!decoder.TryDecodeUnits(ref reader, x, y, count))
                {
                    return false;
                }

                x += count;
                left -= count;
            }

            decoder.EndRow(y);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return reader.AtEnd;
    }

    /// <summary>Steps over the restart marker at the position; false when it is not there.</summary>
    private static bool TryRestart(ReadOnlySpan<byte> file, ref int position, long restartsBefore)
    {
        if (file[position + 1] != 0xD0 + (restartsBefore & 7))
        {
            return false;
        }

        position += 2;
        return true;
    }

    /// <summary>Copies the next segment.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the segment begins; afterwards at its closing marker.</param>
    /// <param name="reader">Reads the segment; valid until the next call.</param>
    /// <param name="cancellationToken">Stops at each byte that is stuffed.</param>
    /// <returns>False when no marker closes the segment.</returns>
    private bool TryNext(ReadOnlySpan<byte> file, ref int position, out EntropyReader reader, CancellationToken cancellationToken)
    {
        reader = default;
        var target = _buffer.Span(fileLength + EntropyReader.Margin);
        var written = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = file[position..];
            var length = rest.IndexOf((byte)0xFF);
            if (length < 0 || length + 1 >= rest.Length)
            {
                return false;
            }

            var stuffed = rest[length + 1] == 0;
            rest[..(stuffed ? length + 1 : length)].CopyTo(target[written..]);
            written += stuffed ? length + 1 : length;
            position += stuffed ? length + 2 : length;
            if (!stuffed)
            {
                target.Slice(written, EntropyReader.Margin).Clear();
                reader = new EntropyReader(_buffer.Pointer, written);
                return true;
            }
        }
    }

    public void Dispose() => _buffer.Dispose();
}
