using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Reads entries of archives, and files, to their end.</summary>
public static class EntryReader
{
    /// <summary>Reads until the buffer is full or the end is found.</summary>
    /// <param name="stream">The entry.</param>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="damaged">Set where the end is found and the checksum of all that was read is wrong.</param>
    /// <returns>Bytes read.</returns>
    /// <exception cref="SourceException">It cannot be read on.</exception>
    public static int Fill(Stream stream, Span<byte> buffer, ref bool damaged)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var filled = 0;
        try
        {
            while (filled < buffer.Length && stream.Read(buffer[filled..]) is > 0 and var read)
            {
                filled += read;
            }
        }
        catch (SourceException exception) when (exception.Failure.Class == FailureClass.DamagedSource)
        {
            damaged = true;
        }
        return filled;
    }

    /// <summary>Looks for the end behind all that an entry is said to hold, which is where its checksum is compared.</summary>
    /// <param name="stream">The entry.</param>
    /// <param name="damaged">Set where the checksum of all that was read is wrong.</param>
    /// <exception cref="SourceException">There is more in the entry. Of a plain file, what was written behind meanwhile is ignored.</exception>
    public static void Finish(Stream stream, ref bool damaged) => Fill(stream, stackalloc byte[1], ref damaged);
}
