namespace ImageLibrary.Archives;

/// <summary>A format, or a tar inside of a compression, as the first bytes of the file tell it.</summary>
internal enum ArchiveFormat
{
    Zip,
    SevenZip,
    Rar4,
    Rar5,
    Tar,
    TarGzip,
    TarBzip2,
    TarXz,
}
