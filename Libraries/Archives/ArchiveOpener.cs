using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>Opens archives by what they contain, whatever their name says.</summary>
public sealed class ArchiveOpener : IArchiveOpener
{
    // A zip's directory is read in small pieces.
    private const int DirectoryBuffer = 64 << 10;

    private readonly ArchiveLimits _limits;

    /// <summary>Creates an opener; loads no native library yet.</summary>
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
        return ArchiveSignature.IsArchiveName(fileName);
    }

    /// <inheritdoc/>
    public IArchive Open(string path, CancellationToken cancellationToken = default)
    {
        var format = Detect(path);
        return format == ArchiveFormat.Zip ? OpenZip(path, cancellationToken) : List(path, format, knownDamage: null, cancellationToken);
    }

    /// <inheritdoc/>
    public IArchivePass OpenPass(string path)
    {
        var format = Detect(path);
        return ArchivePass.Open(path, format == ArchiveFormat.Zip && IsForeign(path) ? ArchiveFormat.ForeignZip : format, _limits);
    }

    private static bool IsForeign(string path)
    {
        using var file = OpenFile(path, DirectoryBuffer, FileOptions.RandomAccess);
        return ZipDirectory.HasForeignCompression(file);
    }

    private IArchive OpenZip(string path, CancellationToken cancellationToken)
    {
        var file = OpenFile(path, DirectoryBuffer, FileOptions.RandomAccess);
        try
        {
            if (!ZipDirectory.HasForeignCompression(file))
            {
                return ZipFile.Open(file, _limits);
            }

            file.Dispose();
            return List(path, ArchiveFormat.ForeignZip, knownDamage: null, cancellationToken);
        }
        catch (SourceException e) when (e.Failure.Class == FailureClass.Truncated || e.InnerException is InvalidDataException or EndOfStreamException)
        {
            // Without its directory, a zip can still be read forward to the damaged place. One whose directory lies is refused.
            file.Dispose();
            return List(path, ArchiveFormat.Zip, e.Failure, cancellationToken);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private SequentialArchive List(string path, ArchiveFormat format, ImageFailure? knownDamage, CancellationToken cancellationToken) =>
        SequentialArchive.Open(() => ArchivePass.Open(path, format, _limits), knownDamage, cancellationToken);

    private static ArchiveFormat Detect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A named pipe has no length either, and opening one would wait for whoever writes to it.
        if (new FileInfo(path).Length == 0)
        {
            throw new SourceException(new ImageFailure(FailureClass.Empty, "The archive is an empty file."));
        }

        using var file = OpenFile(path, bufferSize: 0, FileOptions.None);
        Span<byte> head = stackalloc byte[ArchiveSignature.Length];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return ArchiveSignature.Detect(head) ?? throw new SourceException(new ImageFailure(
            FailureClass.Unsupported, "The content is not of a supported archive format."));
    }

    internal static FileStream OpenFile(string path, int bufferSize, FileOptions options) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize, options);
}
