using System.Buffers.Binary;
using System.IO.Hashing;
using ImageLibrary.Imaging.Png;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>Copies the chunks of a PNG. Source: W3C, Portable Network Graphics, second edition, chapter 11.</summary>
internal static class PngChunks
{
    private const int SignatureLength = 8;

    /// <summary>Copies a picture without its metadata: only what decoding needs stays.</summary>
    /// <param name="file">The whole file, from its signature on.</param>
    /// <param name="target">At least as long as <paramref name="file"/>.</param>
    /// <returns>
    /// Bytes written, or 0 when the file is unusual, or has no end or a wrong checksum, for which strict readers refuse it.
    /// </returns>
    internal static int CopyWithoutMetadata(ReadOnlySpan<byte> file, Span<byte> target)
    {
        file[..SignatureLength].CopyTo(target);
        var written = SignatureLength;
        var position = SignatureLength;
        while (PngHeader.TryReadChunk(file, position, out var type, out var body))
        {
            var length = PngHeader.ChunkOverhead + body.Length;
            var ends = type.SequenceEqual("IEND"u8);
            if (ends || type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("IDAT"u8))
            {
                if (!HasRightChecksum(file.Slice(position, length)))
                {
                    return 0;
                }

                file.Slice(position, length).CopyTo(target[written..]);
                written += length;
            }

            if (ends)
            {
                return TryReadSize(target[..written], out var width, out var height) && PictureData.CanBe(written, width, height) ? written : 0;
            }

            position += length;
        }

        return 0;
    }

    private static bool TryReadSize(ReadOnlySpan<byte> file, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (!PngHeader.TryReadChunk(file, SignatureLength, out var type, out var body) || !type.SequenceEqual("IHDR"u8) || body.Length < 8)
        {
            return false;
        }

        (width, height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
        return true;
    }

    /// <summary>Behind the length, type and body count; the sum of both is the chunk's end.</summary>
    private static bool HasRightChecksum(ReadOnlySpan<byte> chunk) =>
        Crc32.HashToUInt32(chunk[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]);
}
