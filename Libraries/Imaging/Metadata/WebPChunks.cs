using System.Buffers.Binary;
using ImageLibrary.Imaging.WebP;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>Copies the chunks of a WebP. Source: Google, WebP Container Specification.</summary>
internal static class WebPChunks
{
    private const int FileHeaderLength = 12;
    private const int ChunkHeaderLength = 8;

    // Profile, Exif and XMP.
    private const byte MetadataFlags = 0x20 | 0x08 | 0x04;

    /// <summary>The embedded profile, which lies before the picture's data; empty when absent.</summary>
    /// <param name="file">As much of the file as there is.</param>
    internal static ReadOnlySpan<byte> Profile(ReadOnlySpan<byte> file)
    {
        for (var position = FileHeaderLength; position + ChunkHeaderLength <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(position + 4)..]);
            if (length > file.Length - position - ChunkHeaderLength)
            {
                break;
            }

            if (file[position..].StartsWith("ICCP"u8))
            {
                return file.Slice(position + ChunkHeaderLength, (int)length);
            }

            position += ChunkHeaderLength + (int)(length + 1 & ~1);
        }

        return [];
    }

    /// <summary>
    /// Counts parts, of each of which libwebp keeps a record, and bytes of metadata, of which libvips makes copies; up to the part behind
    /// <paramref name="most"/>. As much of the file as there is will do.
    /// </summary>
    internal static (int Parts, long MetadataBytes) Count(ReadOnlySpan<byte> file, int most)
    {
        // What is appended to the file is no part of the picture.
        var end = file.Length < FileHeaderLength ? 0
            : Math.Min(file.Length, ChunkHeaderLength + (long)BinaryPrimitives.ReadUInt32LittleEndian(file[4..]));
        var parts = 0;
        var metadata = 0L;
        for (long position = FileHeaderLength; position + ChunkHeaderLength <= end && parts <= most; parts++)
        {
            var chunk = file[(int)position..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            metadata += chunk.StartsWith("ICCP"u8) || chunk.StartsWith("EXIF"u8) || chunk.StartsWith("XMP "u8) ? length : 0;
            position += ChunkHeaderLength + (length + 1L & ~1L);
        }

        return (parts, metadata);
    }

    /// <summary>Copies a still picture without its metadata: only what decoding needs stays.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="target">At least as long as <paramref name="file"/>.</param>
    /// <returns>Bytes written, or 0 when the file is unusual.</returns>
    internal static int CopyWithoutMetadata(ReadOnlySpan<byte> file, Span<byte> target)
    {
        file[..FileHeaderLength].CopyTo(target);
        var written = FileHeaderLength;
        var position = FileHeaderLength;
        var complete = false;
        while (position + ChunkHeaderLength <= file.Length)
        {
            var type = file.Slice(position, 4);
            // Chunks are filled up to even lengths.
            var length = ChunkHeaderLength + (BinaryPrimitives.ReadUInt32LittleEndian(file[(position + 4)..]) + 1L & ~1L);
            if (length > file.Length - position)
            {
                return 0;
            }

            var extended = type.SequenceEqual("VP8X"u8);
            var picture = type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8);
            if (extended || picture || type.SequenceEqual("ALPH"u8))
            {
                file.Slice(position, (int)length).CopyTo(target[written..]);
                if (extended && length > ChunkHeaderLength)
                {
                    target[written + ChunkHeaderLength] &= unchecked((byte)~MetadataFlags);
                }

                written += (int)length;
                complete |= picture;
            }

            position += (int)length;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], (uint)(written - ChunkHeaderLength));
        var isFilled = WebPDecoder.ReadSize(target[..written]) is var (width, height) && !PictureData.CanBe(written, width, height);
        return complete && !isFilled ? written : 0;
    }
}
