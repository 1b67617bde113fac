namespace ImageLibrary.Imaging.Metadata;

/// <summary>The numbers of a field of a TIFF, where they lie.</summary>
/// <param name="data">Their bytes.</param>
/// <param name="size">Bytes of each: 2 or 4.</param>
/// <param name="littleEndian">Byte order.</param>
/// <param name="isCut">Whether they lie beyond the end of the file.</param>
internal readonly ref struct TiffNumbers(ReadOnlySpan<byte> data, int size, bool littleEndian, bool isCut)
{
    private readonly ReadOnlySpan<byte> _data = data;

    internal bool IsCut => isCut;

    internal int Count => size == 0 ? 0 : _data.Length / size;

    internal uint this[int index] => size == 2
        ? (uint)TiffDirectory.Read16(_data[(index * size)..], littleEndian)
        : TiffDirectory.Read32(_data[(index * size)..], littleEndian);
}
