using System.Runtime.InteropServices;

namespace ImageLibrary.Archives.Native;

/// <summary>The functions of libarchive that reading needs. Source: archive.h and archive_entry.h of libarchive 3.</summary>
internal static unsafe partial class ArchiveNative
{
    internal const int Ok = 0;
    internal const int EndOfArchive = 1;
    internal const int Warn = -20;
    internal const int Fatal = -30;
    internal const int FilterBzip2 = 2;
    internal const int FilterXz = 6;
    internal const int TypeMask = 0xF000;
    internal const int RegularFile = 0x8000;
    internal const int Folder = 0x4000;

    private const string Library = ArchiveLibraryResolver.Name;

    [LibraryImport(Library, EntryPoint = "archive_read_new")]
    internal static partial ArchiveHandle New();

    [LibraryImport(Library, EntryPoint = "archive_read_free")]
    internal static partial int Free(nint archive);

    [LibraryImport(Library, EntryPoint = "archive_read_append_filter")]
    internal static partial int AppendFilter(ArchiveHandle archive, int filter);

    [LibraryImport(Library, EntryPoint = "archive_read_support_format_tar")]
    internal static partial int SupportTar(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_support_format_7zip")]
    internal static partial int SupportSevenZip(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_support_format_rar")]
    internal static partial int SupportRar4(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_support_format_rar5")]
    internal static partial int SupportRar5(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_support_format_zip_streamable")]
    internal static partial int SupportZipForward(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_support_format_zip_seekable")]
    internal static partial int SupportZipByDirectory(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_open_filename", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(ArchiveHandle archive, string path, nuint blockSize);

    [LibraryImport(Library, EntryPoint = "archive_read_open")]
    internal static partial int Open(
        ArchiveHandle archive, nint state, delegate* unmanaged[Cdecl]<nint, nint, int> open,
        delegate* unmanaged[Cdecl]<nint, nint, void**, nint> read, delegate* unmanaged[Cdecl]<nint, nint, int> close);

    [LibraryImport(Library, EntryPoint = "archive_read_next_header")]
    internal static partial int NextHeader(ArchiveHandle archive, out nint entry);

    [LibraryImport(Library, EntryPoint = "archive_read_data_block")]
    internal static partial int ReadBlock(ArchiveHandle archive, out nint block, out nuint length, out long offset);

    [LibraryImport(Library, EntryPoint = "archive_filter_bytes")]
    internal static partial long FilterBytes(ArchiveHandle archive, int filter);

    [LibraryImport(Library, EntryPoint = "archive_read_has_encrypted_entries")]
    internal static partial int HasEncryptedEntries(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_read_header_position")]
    internal static partial long HeaderPosition(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_errno")]
    internal static partial int ErrorNumber(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_error_string")]
    internal static partial byte* ErrorString(ArchiveHandle archive);

    [LibraryImport(Library, EntryPoint = "archive_entry_pathname")]
    internal static partial byte* Path(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_pathname_utf8")]
    internal static partial byte* RawPath(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_hardlink")]
    internal static partial byte* HardLink(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_filetype")]
    internal static partial uint FileType(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_size")]
    internal static partial long Size(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_size_is_set")]
    internal static partial int HasSize(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_mtime")]
    internal static partial long Modified(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_mtime_nsec")]
    internal static partial long ModifiedNanoseconds(nint entry);

    [LibraryImport(Library, EntryPoint = "archive_entry_is_data_encrypted")]
    internal static partial int IsEncrypted(nint entry);
}
