using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>The two ways to treat bytes that are not UTF-8.</summary>
public static class Utf8Encodings
{
    /// <summary>Replaces them.</summary>
    public static UTF8Encoding Lenient { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Throws <see cref="DecoderFallbackException"/> or <see cref="EncoderFallbackException"/>.</summary>
    public static UTF8Encoding Strict { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
