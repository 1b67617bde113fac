using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>The boxes that an AVIF is made of. Source: ISO/IEC 14496-12, 4.2.</summary>
internal static class AvifBoxes
{
    private const int HeaderLength = 8;
    private const int LongHeaderLength = 16;
    private const uint ToTheEnd = 0;
    private const uint HasLongLength = 1;

    /// <summary>Whether the file has all that its outermost boxes are said to hold.</summary>
    internal static bool AreWhole(ReadOnlySpan<byte> file)
    {
        for (var position = 0; position < file.Length;)
        {
            if (position + HeaderLength > file.Length)
            {
                return false;
            }

            ulong length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            if (length == ToTheEnd)
            {
                return true;
            }

            if (length == HasLongLength)
            {
                length = position + LongHeaderLength <= file.Length ? BinaryPrimitives.ReadUInt64BigEndian(file[(position + HeaderLength)..]) : ulong.MaxValue;
            }

            if (length < HeaderLength)
            {
                // No box: something that others have appended.
                return true;
            }

            if (length > (ulong)(file.Length - position))
            {
                return false;
            }

            position += (int)length;
        }

        return true;
    }
}
