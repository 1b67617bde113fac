using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>Opens archives by what they contain, whatever their name says.</summary>
public sealed class ArchiveOpener : IArchiveOpener
{
    private static readonly string[] Extensions = [".zip", ".cbz"];

    private readonly ArchiveLimits _limits;

    /// <summary>Creates an opener.</summary>
    /// <param name="limits">Limits of archives; null for the defaults.</param>
    public ArchiveOpener(ArchiveLimits? limits = null)
    {
        _limits = limits ?? new ArchiveLimits();
        _limits.Validate();
    }

    /// <inheritdoc/>
    public bool IsArchiveName(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Extensions.Any(extension => fileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public IArchive Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 65536, FileOptions.RandomAccess);
        try
        {
            Span<byte> head = stackalloc byte[4];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (head.IsEmpty)
            {
                throw new SourceException(new ImageFailure(FailureClass.Empty, "The archive is an empty file."));
            }

            if (!ZipDirectory.IsZip(head))
            {
                throw new SourceException(new ImageFailure(
                    FailureClass.Unsupported, "The content is not of a supported archive format."));
            }

            return ZipFile.Open(file, _limits);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
