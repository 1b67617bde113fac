using System.Globalization;
using System.Text;

namespace ImageLibrary.Core;

/// <summary>
/// A binary key whose byte order is the natural order of paths: case-folded, digit runs by value, folders segment by
/// segment. Ties (names that differ only in case or leading zeros) are broken by the exact text, so keys are unique.
/// </summary>
public static class NaturalSortKey
{
    // Below every character that a folded segment may hold, so that 'a/b' sorts before 'a b/c'.
    private const byte SegmentEnd = 0x01;
    private const byte TieBreak = 0x00;

    // Digit runs sort where the digits of ASCII do; the length prefix orders them by value.
    private const byte DigitRun = (byte)'0';

    /// <summary>Makes the key of a path.</summary>
    /// <param name="path">Relative path with '/' as separator.</param>
    /// <param name="occurrence">Number of earlier entries with the same path.</param>
    public static byte[] Create(string path, int occurrence = 0)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var key = new MemoryStream(path.Length * 2 + 8);
        var folded = path.ToLower(CultureInfo.InvariantCulture);
        for (var i = 0; i < folded.Length;)
        {
            if (char.IsAsciiDigit(folded[i]))
            {
                i = WriteDigits(key, folded, i);
            }
            else if (folded[i] == '/')
            {
                key.WriteByte(SegmentEnd);
                i++;
            }
            else
            {
                i = WriteText(key, folded, i);
            }
        }
        key.WriteByte(TieBreak);
        key.Write(Encoding.UTF8.GetBytes(path));
        key.WriteByte(TieBreak);
        key.WriteByte((byte)(occurrence >> 16));
        key.WriteByte((byte)(occurrence >> 8));
        key.WriteByte((byte)occurrence);
        return key.ToArray();
    }

    private static int WriteDigits(MemoryStream key, string text, int start)
    {
        var first = start;
        while (first < text.Length && text[first] == '0')
        {
            first++;
        }
        var end = first;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        key.WriteByte(DigitRun);
        // A full byte says that more of the length follows, so that runs of any length keep their order.
        var length = end - first;
        for (; length >= byte.MaxValue; length -= byte.MaxValue)
        {
            key.WriteByte(byte.MaxValue);
        }
        key.WriteByte((byte)length);
        key.Write(Encoding.ASCII.GetBytes(text, first, end - first));
        return end;
    }

    private static int WriteText(MemoryStream key, string text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] != '/' && !char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        foreach (var value in Encoding.UTF8.GetBytes(text, start, end - start))
        {
            key.WriteByte(Math.Max(value, (byte)2));
        }
        return end;
    }
}
