namespace ImageLibrary.Archives;

/// <summary>A format, or a tar inside of a compression, as the first bytes of the file tell it.</summary>
internal enum ArchiveFormat
{
    Zip,

    /// <summary>A zip with compressions that the framework cannot undo; its directory is whole.</summary>
    ForeignZip,
    SevenZip,
    Rar4,
    Rar5,
    Tar,
    TarGzip,
    TarBzip2,
    TarXz,
}
