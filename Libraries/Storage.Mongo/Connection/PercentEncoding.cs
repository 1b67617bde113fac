using System.Globalization;
using System.Text;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Strict percent-decoding: whatever is not an encoding of UTF-8 is refused instead of taken as it is.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a part of a URL.</summary>
    /// <param name="text">The part.</param>
    /// <param name="what">What it is, for the message; the text itself may be secret.</param>
    public static string Decode(string text, string what)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }
        try
        {
            var source = Strict.GetBytes(text);
            var bytes = new List<byte>(source.Length);
            for (var index = 0; index < source.Length; index++)
            {
                bytes.Add(source[index] == '%' ? Escaped(source.AsSpan(index + 1), what) : source[index]);
                index += source[index] == '%' ? 2 : 0;
            }
            return Strict.GetString(bytes.ToArray());
        }
        // The exception's own text shows bytes of the part.
        catch (ArgumentException)
        {
            throw ConnectionFault.Of($"{what} is not valid UTF-8 once it is percent-decoded");
        }
    }

    private static byte Escaped(ReadOnlySpan<byte> digits, string what) =>
        digits.Length >= 2 && byte.TryParse(digits[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ConnectionFault.Of($"{what} has a % that no two hexadecimal digits follow; a % itself is written as %25");
}
