namespace ImageLibrary.Core;

/// <summary>Base32 with the alphabet of RFC 4648 in lower case, without padding.</summary>
public static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Encodes bytes; five bits a character.</summary>
    /// <param name="bytes">The bytes to encode.</param>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[(bytes.Length * 8 + 4) / 5];
        var buffer = 0;
        var bits = 0;
        var count = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[count++] = Alphabet[(buffer >> bits) & 31];
            }
        }
        if (bits > 0)
        {
            text[count++] = Alphabet[(buffer << (5 - bits)) & 31];
        }
        return new string(text[..count]);
    }
}
