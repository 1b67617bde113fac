using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>The few EXIF fields that matter here. Source: EXIF 2.32, TIFF 6.0.</summary>
/// <param name="Orientation">1 to 8; 1 when absent or nonsense.</param>
internal sealed record ExifFacts(int Orientation)
{
    private const int TagOrientation = 0x0112;
    private const int TypeShort = 3;
    private const int EntryLength = 12;

    internal static ExifFacts None { get; } = new(1);

    /// <summary>Reads the first directory; damage means <see cref="None"/>.</summary>
    /// <param name="tiff">The data behind the Exif signature.</param>
    internal static ExifFacts Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return None;
        }

        bool little;
        if (tiff.StartsWith("II"u8))
        {
            little = true;
        }
        else if (tiff.StartsWith("MM"u8))
        {
            little = false;
        }
        else
        {
            return None;
        }

        var offset = Read32(tiff[4..], little);
        if (offset > tiff.Length - 2)
        {
            return None;
        }

        var directory = tiff[(int)offset..];
        var count = Read16(directory, little);
        directory = directory[2..];
        for (var i = 0; i < count && directory.Length >= EntryLength; i++, directory = directory[EntryLength..])
        {
            if (Read16(directory, little) == TagOrientation && Read16(directory[2..], little) == TypeShort)
            {
                var value = Read16(directory[8..], little);
                return value is >= 1 and <= 8 ? new ExifFacts(value) : None;
            }
        }

        return None;
    }

    private static int Read16(ReadOnlySpan<byte> data, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint Read32(ReadOnlySpan<byte> data, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
