using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Decoding of text and names.</summary>
public static class Utf8Helper
{
    private static readonly string[] SingleCharacters = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    public static string DecodeUtf8String(byte[] bytes, int index, int count, UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Decode(bytes.AsSpan(index, count), encoding);
    }

    internal static string Decode(ReadOnlySpan<byte> bytes, UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return bytes.Length switch
        {
            0 => string.Empty,
            1 when bytes[0] < 128 => SingleCharacters[bytes[0]],
            // Most text is ASCII, which takes a look and a copy; the encoding would count first and then decode.
            _ => encoding.GetType() == typeof(UTF8Encoding) && Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes) : encoding.GetString(bytes),
        };
    }

    internal static FormatException InvalidStringLength(int length) => new($"The length {length} of a string is not valid.");

    internal static FormatException MissingTerminator() => new("A string does not end with a NUL byte.");

    internal static ArgumentException NulInCString(string parameter) => new("The text has a NUL character, which ends names and patterns in BSON.", parameter);
}
