using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>Cuts the data of a scan at its restart markers and takes out the zero bytes stuffed behind 0xFF.</summary>
internal sealed unsafe class EntropySegments(NativeBufferPool pool, int fileLength) : IDisposable
{
    private readonly NativeBuffer _buffer = pool.Rent((nuint)fileLength + EntropyReader.Margin);

    /// <summary>Steps over the restart marker of an interval; false when it is not there.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the marker is; afterwards behind it.</param>
    /// <param name="restarts">Restarts before this one.</param>
    internal static bool TryRestart(ReadOnlySpan<byte> file, ref int position, int restarts)
    {
        if (file[position + 1] != 0xD0 + (restarts & 7))
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
    /// <returns>False when no marker closes the segment.</returns>
    internal bool TryNext(ReadOnlySpan<byte> file, ref int position, out EntropyReader reader)
    {
        reader = default;
        var target = _buffer.Span(fileLength + EntropyReader.Margin);
        var written = 0;
        while (true)
        {
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
