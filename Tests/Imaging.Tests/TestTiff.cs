namespace ImageLibrary.Tests.Imaging;

/// <summary>Writes black TIFFs in sRGB whose pixels lie in one strip, in a strip for each colour, or in large tiles.</summary>
internal static class TestTiff
{
    private const int Samples = 3;
    private const int TypeLong = 4;
    private const int Deflate = 8;
    private const int HeaderLength = 8;

    internal static byte[] Encode(int width, int height, bool planar = false, (int Width, int Height)? tile = null)
    {
        var (across, rows) = tile ?? (width, height);
        var count = planar ? Samples : (width + across - 1) / across * ((height + rows - 1) / rows);
        // All strips or tiles are the same bytes.
        var data = BadContainers.Packed((long)across * rows * (planar ? 1 : Samples));
        var places = HeaderLength + data.Length;
        var lengths = places + 4 * count;
        List<(ushort Tag, int Count, int Value)> fields =
        [
            (0x100, 1, width), (0x101, 1, height), (0x102, 1, 8), (0x103, 1, Deflate), (0x106, 1, 2), (0x115, 1, Samples), (0x11C, 1, planar ? 2 : 1),
        ];
        var (place, length) = count == 1 ? (HeaderLength, data.Length) : (places, lengths);
        fields.AddRange(tile is null
            ? [(0x111, count, place), (0x116, 1, rows), (0x117, count, length)]
            : [(0x142, 1, across), (0x143, 1, rows), (0x144, count, place), (0x145, count, length)]);

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(lengths + 4 * count);
        writer.Write(data);
        Repeat(HeaderLength);
        Repeat(data.Length);
        writer.Write((ushort)fields.Count);
        foreach (var (tag, values, value) in fields.OrderBy(field => field.Tag))
        {
            writer.Write(tag);
            writer.Write((ushort)TypeLong);
            writer.Write(values);
            writer.Write(value);
        }

        writer.Write(0);
        return file.ToArray();

        void Repeat(int value)
        {
            for (var i = 0; i < count; i++)
            {
                writer.Write(value);
            }
        }
    }
}
