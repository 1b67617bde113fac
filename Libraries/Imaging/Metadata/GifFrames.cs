namespace ImageLibrary.Imaging.Metadata;

/// <summary>Walks over the frames of a GIF as libvips does. Source: CompuServe, GIF 89a.</summary>
internal static class GifFrames
{
    private const int HeaderLength = 13;
    private const int FlagsInHeader = 10;
    private const int DescriptorLength = 10;
    private const int FlagsInDescriptor = 9;
    private const byte Descriptor = 0x2C;
    private const byte Extension = 0x21;
    private const byte Comment = 0xFE;
    private const int TableFlag = 0x80;
    private const int TableSize = 0x07;

    /// <summary>Where the first frames end. Of each frame libvips keeps a record, and looks for all of them before it shows one.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="most">How many frames.</param>
    /// <returns>The length of the file where it has no more of them.</returns>
    internal static int EndOf(ReadOnlySpan<byte> file, int most)
    {
        if (file.Length < HeaderLength)
        {
            return file.Length;
        }

        var position = HeaderLength + TableLength(file[FlagsInHeader]);
        for (var frames = 0; frames < most; frames++)
        {
            if (!TrySkipExtensions(file, ref position) || !TrySkipPicture(file, ref position))
            {
                return file.Length;
            }
        }

        return position;
    }

    private static bool TrySkipExtensions(ReadOnlySpan<byte> file, ref int position)
    {
        while (position + 2 < file.Length && file[position] == Extension)
        {
            // Behind the kind of extension, all but comments begin with a block that may be empty.
            position += file[position + 1] == Comment ? 2 : 3 + file[position + 2];
            if (!TrySkipBlocks(file, ref position))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TrySkipPicture(ReadOnlySpan<byte> file, ref int position)
    {
        if (position + DescriptorLength > file.Length || file[position] != Descriptor)
        {
            return false;
        }

        // Behind the colours, a byte tells how wide the first codes are.
        position += DescriptorLength + TableLength(file[position + FlagsInDescriptor]) + 1;
        return TrySkipBlocks(file, ref position);
    }

    /// <summary>Moves behind the empty block that ends a series; false where there is none.</summary>
    private static bool TrySkipBlocks(ReadOnlySpan<byte> file, ref int position)
    {
        while (position < file.Length)
        {
            var length = file[position];
            position += 1 + length;
            if (length == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int TableLength(byte flags) => (flags & TableFlag) == 0 ? 0 : 3 * (2 << (flags & TableSize));
}
