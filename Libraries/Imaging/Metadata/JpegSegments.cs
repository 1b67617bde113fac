using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>Walks over the marker segments and scans of a JPEG. Source: ITU-T T.81, annex B.</summary>
internal static class JpegSegments
{
    private const byte MarkerStartOfScan = 0xDA;
    private const byte MarkerEndOfImage = 0xD9;
    private const byte MarkerApp0 = 0xE0;
    private const byte MarkerApp14 = 0xEE;
    private const byte MarkerComment = 0xFE;

    /// <summary>Reads the marker and the body of the segment at a position, and moves behind it.</summary>
    /// <returns>False where no whole segment is.</returns>
    internal static bool TryNext(ReadOnlySpan<byte> file, ref int position, out byte marker, out ReadOnlySpan<byte> body)
    {
        marker = 0;
        body = default;
        while (position + 1 < file.Length && file[position] == 0xFF && file[position + 1] == 0xFF)
        {
            position++;
        }

        if (position + 4 > file.Length || file[position] != 0xFF)
        {
            return false;
        }

        marker = file[position + 1];
        var length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
        if (marker is 0 or 0x01 or (>= 0xD0 and <= 0xD9) || length < 2 || position + 2 + length > file.Length)
        {
            return false;
        }

        body = file.Slice(position + 4, length - 2);
        position += 2 + length;
        return true;
    }

    /// <summary>Whether the end marker is at a position.</summary>
    internal static bool IsEnd(ReadOnlySpan<byte> file, int position) => file[position..].StartsWith((ReadOnlySpan<byte>)[0xFF, MarkerEndOfImage]);

    /// <summary>Finds where the picture ends: cameras and editors append previews and films.</summary>
    /// <param name="file">From the start marker on.</param>
    /// <param name="end">Behind the end marker.</param>
    /// <param name="walked">Bytes gone through.</param>
    /// <returns>False when there is no end, or no sense before it.</returns>
    internal static bool TryFindEnd(ReadOnlySpan<byte> file, out int end, out int walked)
    {
        var ends = Walk(file, [], out walked, out _);
        end = ends ? walked : 0;
        return ends;
    }

    /// <summary>Copies a picture without its metadata: only what decoding needs stays.</summary>
    /// <param name="file">From the start marker on.</param>
    /// <param name="target">At least as long as <paramref name="file"/>.</param>
    /// <returns>Bytes written, or 0 when the file is unusual.</returns>
    internal static int CopyWithoutMetadata(ReadOnlySpan<byte> file, Span<byte> target) =>
        Walk(file, target, out _, out var written)
        && JpegHeader.Read(target[..written]) is { } header && PictureData.CanBe(written, header.Width, header.Height) ? written : 0;

    /// <summary>Moves to the marker that ends a scan's data, over restart markers.</summary>
    internal static bool TrySkipScan(ReadOnlySpan<byte> file, ref int position)
    {
        while (true)
        {
            var length = file[position..].IndexOf((byte)0xFF);
            if (length < 0 || position + length + 1 >= file.Length)
            {
                return false;
            }

            position += length;
            if (file[position + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return true;
            }

            position += file[position + 1] == 0xFF ? 1 : 2;
        }
    }

    /// <summary>
    /// Counts the scans as libjpeg finds them: where it loses its way, it goes on at the next marker. Stops counting soon after
    /// <paramref name="most"/>.
    /// </summary>
    internal static int CountScans(ReadOnlySpan<byte> file, int most)
    {
        var scans = 0;
        var position = 2;
        while (scans <= most && file[Math.Min(position, file.Length)..].IndexOf((byte)0xFF) is >= 0 and var distance)
        {
            position += distance;
            if (position + 4 > file.Length || file[position + 1] == MarkerEndOfImage)
            {
                break;
            }

            switch (file[position + 1])
            {
                case 0xFF:
                    position++;
                    continue;
                case 0 or 1 or (>= 0xD0 and <= 0xD8):
                    position += 2;
                    continue;
                case MarkerStartOfScan:
                    scans++;
                    break;
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
        }

        return scans;
    }

    /// <summary>Goes over the segments and scans, and copies what decoding needs.</summary>
    /// <param name="file">From the start marker on.</param>
    /// <param name="target">Empty when nothing is to be copied.</param>
    /// <param name="position">Behind the end marker, or how far the walk came.</param>
    /// <param name="written">Bytes copied.</param>
    private static bool Walk(ReadOnlySpan<byte> file, Span<byte> target, out int position, out int written)
    {
        position = 0;
        written = 0;
        if (file.Length < 4)
        {
            return false;
        }

        var copies = !target.IsEmpty;
        Copy(file[..2], target, ref written);
        position = 2;
        while (true)
        {
            while (position + 1 < file.Length && file[position] == 0xFF && file[position + 1] == 0xFF)
            {
                position++;
            }

            if (position + 2 > file.Length || file[position] != 0xFF)
            {
                return false;
            }

            var marker = file[position + 1];
            if (marker == MarkerEndOfImage)
            {
                Copy(file.Slice(position, 2), target, ref written);
                position += 2;
                return true;
            }

            if (position + 4 > file.Length || marker is < 0xC0 or (>= 0xD0 and <= 0xD8))
            {
                return false;
            }

            var start = position;
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
            if (position < start + 4 || position > file.Length)
            {
                return false;
            }

            if (marker == MarkerStartOfScan && !TrySkipScan(file, ref position))
            {
                position = file.Length;
                return false;
            }

            // Adobe's segment says how colours are stored; the others of its range say nothing that decoding needs.
            if (copies && marker is not ((> MarkerApp0 and < MarkerApp14) or 0xEF or MarkerComment))
            {
                Copy(file[start..position], target, ref written);
            }
        }
    }

    private static void Copy(ReadOnlySpan<byte> part, Span<byte> target, ref int written)
    {
        if (!target.IsEmpty)
        {
            part.CopyTo(target[written..]);
            written += part.Length;
        }
    }
}
