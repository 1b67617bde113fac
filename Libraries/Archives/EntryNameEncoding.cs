using System.Text;
using System.Text.Unicode;

namespace ImageLibrary.Archives;

/// <summary>
/// Reads names of entries: UTF-8, and where a name is not valid UTF-8 each byte by itself, so that different names stay
/// different. Archives do not tell which of the old character sets such a name was written in.
/// </summary>
internal sealed class EntryNameEncoding : Encoding
{
    internal static EntryNameEncoding Instance { get; } = new();

    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => For(bytes.AsSpan(index, count)).GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        For(bytes.AsSpan(byteIndex, byteCount)).GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => UTF8.GetMaxCharCount(byteCount);

    /// <summary>Reads a whole name.</summary>
    internal static string Decode(ReadOnlySpan<byte> name) => For(name).GetString(name);

    private static Encoding For(ReadOnlySpan<byte> name) => Utf8.IsValid(name) ? UTF8 : Latin1;
}
