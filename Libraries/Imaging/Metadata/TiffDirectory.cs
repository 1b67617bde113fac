using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>
/// One directory of a TIFF or of EXIF data. Fields are looked up, never followed in chains, so that loops cannot hang
/// and every read is bounded. Source: TIFF 6.0.
/// </summary>
/// <param name="Start">Where its entries begin.</param>
/// <param name="Count">How many entries lie within the data.</param>
/// <param name="LittleEndian">Byte order.</param>
internal readonly record struct TiffDirectory(int Start, int Count, bool LittleEndian)
{
    private const int EntryLength = 12;
    private const int TypeAscii = 2;
    private const int TypeShort = 3;
    private const int TypeLong = 4;
    private const int LongestText = 256;

    /// <summary>The first directory; null when the header makes no sense.</summary>
    /// <param name="tiff">The data from the byte order mark on. RAW formats have numbers of their own behind it.</param>
    internal static TiffDirectory? First(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return null;
        }

        var little = tiff[0] == 'I';
        return At(tiff, Read32(tiff[4..], little), little);
    }

    /// <summary>The directory at an offset; null outside of the data.</summary>
    internal static TiffDirectory? At(ReadOnlySpan<byte> tiff, uint offset, bool littleEndian)
    {
        if (offset > tiff.Length - 2)
        {
            return null;
        }

        var start = (int)offset + 2;
        return new TiffDirectory(
            start, Math.Min(Read16(tiff[(int)offset..], littleEndian), (tiff.Length - start) / EntryLength), littleEndian);
    }

    /// <summary>Whether a field is there.</summary>
    internal bool Has(ReadOnlySpan<byte> tiff, int tag) => !Entry(tiff, tag).IsEmpty;

    /// <summary>The first number of a field of 16 or 32 bits; null when absent.</summary>
    internal uint? Integer(ReadOnlySpan<byte> tiff, int tag)
    {
        var entry = Entry(tiff, tag);
        return entry.IsEmpty ? null : Read16(entry[2..], LittleEndian) switch
        {
            TypeShort => (uint)Read16(entry[8..], LittleEndian),
            TypeLong => Read32(entry[8..], LittleEndian),
            _ => null,
        };
    }

    /// <summary>All numbers of a field of 16 or 32 bits; none when absent.</summary>
    internal TiffNumbers Numbers(ReadOnlySpan<byte> tiff, int tag)
    {
        var entry = Entry(tiff, tag);
        var size = entry.IsEmpty ? 0 : Read16(entry[2..], LittleEndian) switch { TypeShort => 2, TypeLong => 4, _ => 0 };
        if (size == 0)
        {
            return default;
        }

        var count = Read32(entry[4..], LittleEndian);
        var length = (long)count * size;
        var start = length <= 4 ? 0 : Read32(entry[8..], LittleEndian);
        var data = length <= 4 ? entry[8..] : tiff;
        return start + length > data.Length
            ? new TiffNumbers([], size, LittleEndian, isCut: true)
            : new TiffNumbers(data.Slice((int)start, (int)length), size, LittleEndian, isCut: false);
    }

    /// <summary>A text without the blanks and zeros around it; null when absent or empty.</summary>
    internal string? Text(ReadOnlySpan<byte> tiff, int tag)
    {
        var entry = Entry(tiff, tag);
        if (entry.IsEmpty || Read16(entry[2..], LittleEndian) != TypeAscii)
        {
            return null;
        }

        var length = Read32(entry[4..], LittleEndian);
        var start = length <= 4 ? 0 : Read32(entry[8..], LittleEndian);
        var data = length <= 4 ? entry[8..] : tiff;
        if (length > LongestText || (long)start + length > data.Length)
        {
            return null;
        }

        var bytes = data.Slice((int)start, (int)length);
        var end = bytes.IndexOf((byte)0);
        // Some cameras write control characters or bytes of unknown encodings, which no page should show.
        var text = new string([.. System.Text.Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end])
            .Where(character => !char.IsControl(character) && character != '\uFFFD')]).Trim();
        return text.Length == 0 ? null : text;
    }

    private ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> tiff, int tag)
    {
        for (var i = 0; i < Count; i++)
        {
            var entry = tiff.Slice(Start + i * EntryLength, EntryLength);
            if (Read16(entry, LittleEndian) == tag)
            {
                return entry;
            }
        }

        return [];
    }

    internal static int Read16(ReadOnlySpan<byte> data, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    internal static uint Read32(ReadOnlySpan<byte> data, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
