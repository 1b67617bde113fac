using System.Text;

namespace ImageLibrary.Archives;

/// <summary>Tells archives by their first bytes, and the names that archives usually have.</summary>
internal static class ArchiveSignature
{
    /// <summary>Bytes that <see cref="Detect"/> wants to see: a tar begins with a block of this size.</summary>
    internal const int Length = 512;

    private const int TarChecksumOffset = 148;
    private const int TarChecksumLength = 8;

    private static readonly string[] Extensions =
    [
        ".zip", ".cbz", ".rar", ".cbr", ".7z", ".cb7", ".tar", ".cbt",
        ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz",
    ];

    internal static bool IsArchiveName(string name) =>
        Extensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format of a file that begins like this, or null.</summary>
    internal static ArchiveFormat? Detect(ReadOnlySpan<byte> head) =>
        ZipDirectory.IsZip(head) ? ArchiveFormat.Zip
        : head.StartsWith<byte>([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]) ? ArchiveFormat.SevenZip
        : head.StartsWith("Rar!\x1A\x07\x00"u8) ? ArchiveFormat.Rar4
        : head.StartsWith("Rar!\x1A\x07\x01\x00"u8) ? ArchiveFormat.Rar5
        : head.StartsWith<byte>([0x1F, 0x8B]) ? ArchiveFormat.TarGzip
        : head.StartsWith("BZh"u8) ? ArchiveFormat.TarBzip2
        : head.StartsWith<byte>([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? ArchiveFormat.TarXz
        : IsTar(head) ? ArchiveFormat.Tar
        : null;

    /// <summary>Old tar files have no signature, but every header carries the sum of its bytes.</summary>
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < Length || head[0] == 0)
        {
            return false;
        }

        var field = Encoding.ASCII.GetString(head.Slice(TarChecksumOffset, TarChecksumLength)).Trim('\0', ' ');
        if (field.Length == 0 || field.AsSpan().ContainsAnyExceptInRange('0', '7'))
        {
            return false;
        }

        // The field itself counts as spaces.
        var sum = TarChecksumLength * ' ';
        for (var i = 0; i < Length; i++)
        {
            sum += i is >= TarChecksumOffset and < TarChecksumOffset + TarChecksumLength ? 0 : head[i];
        }

        return sum == Convert.ToInt32(field, 8);
    }
}
