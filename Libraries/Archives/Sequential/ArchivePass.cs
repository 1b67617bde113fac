using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>Reads an archive by libarchive from its beginning to its end.</summary>
internal sealed class ArchivePass : IArchivePass
{
    private readonly LibArchiveReader _reader;
    private readonly RarHeaders? _rar;
    private readonly ArchiveLimits _limits;
    private readonly long _fileLength;
    private readonly Dictionary<string, int> _occurrences = new(StringComparer.Ordinal);
    private ArchiveEntry? _current;
    private RarEntry? _currentRar;
    private int _headers;
    private int _files;
    private long _total;

    private ArchivePass(LibArchiveReader reader, RarHeaders? rar, long fileLength, ArchiveLimits limits)
    {
        _reader = reader;
        _rar = rar;
        _fileLength = fileLength;
        _limits = limits;
    }

    public ImageFailure? Damage { get; private set; }

    internal static ArchivePass Open(string path, ArchiveFormat format, ArchiveLimits limits) =>
        new(
            LibArchiveReader.Open(path, format),
            format is ArchiveFormat.Rar4 or ArchiveFormat.Rar5 ? new RarHeaders(ArchiveOpener.OpenFile(path, bufferSize: 0, FileOptions.None), format) : null,
            new FileInfo(path).Length, limits);

    /// <summary>Whether the archive is one of several parts.</summary>
    internal bool IsPart => _rar?.IsPart() == true;

    public ArchiveEntry? Next(CancellationToken cancellationToken = default)
    {
        _current = null;
        while (Damage is null && NextHeader(cancellationToken) is { } header)
        {
            if (++_headers > _limits.MaxEntries)
            {
                throw new SourceException(ArchiveFailures.TooManyEntries((ulong)_headers, _limits));
            }

            if (!header.IsFolder)
            {
                return _current = Describe(header);
            }
        }

        return null;
    }

    public Stream OpenCurrent()
    {
        var entry = _current ?? throw new InvalidOperationException("There is no current entry, or it was read before.");
        _current = null;
        return entry.Failure is { } failure
            ? throw new SourceException(failure)
            : new PassEntryStream(_reader, entry.Size, _currentRar?.Checksum, _limits);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _rar?.Dispose();
    }

    private EntryHeader? NextHeader(CancellationToken cancellationToken)
    {
        try
        {
            _reader.Skip(cancellationToken);
            var header = _reader.Next();
            if (header is null && _reader.EndsWithWrongChecksum(cancellationToken))
            {
                Damage = ArchiveFailures.WrongChecksumOfAll();
            }

            return header;
        }
        catch (SourceException e)
        {
            Damage = e.Failure;
            return null;
        }
    }

    private ArchiveEntry Describe(EntryHeader header)
    {
        var path = header.Path.StartsWith("./", StringComparison.Ordinal) ? header.Path[2..] : header.Path;
        var occurrence = _occurrences.GetValueOrDefault(path);
        _occurrences[path] = occurrence + 1;
        _total += Math.Max(0, header.Size);
        CheckTotal();
        _currentRar = _rar?.Entry(_reader.HeaderPosition, header.Size);
        return new ArchiveEntry(_files++, path, occurrence, header.Size, header.Modified, FailureOf(header, path));
    }

    /// <summary>
    /// To skip an entry means to unpack it, so what a bomb claims must end the pass here. Nothing that is compressed by
    /// deflate, bzip2 or LZMA within the ratio can be larger than the whole file allows.
    /// </summary>
    private void CheckTotal()
    {
        if (_total > _limits.MaxTotalBytes)
        {
            Damage = ArchiveFailures.TotalTooLarge(_limits);
        }
        else
        {
            Damage = ArchiveFailures.Excess(_total, _fileLength, _limits with { MaxEntryBytes = long.MaxValue });
        }
    }

    private ImageFailure? FailureOf(EntryHeader header, string path) =>
        path.Length == 0 ? new ImageFailure(FailureClass.Unreadable, "The entry's name cannot be read.")
        : EntryPath.IsUnsafe(path) ? ImageFailure.Of(FailureClass.UnsafePath)
        : header.IsEncrypted || _currentRar is { IsEncrypted: true } ? new ImageFailure(FailureClass.Encrypted, "The entry is encrypted.")
        : _currentRar is { IsSplit: true } ? new ImageFailure(FailureClass.Unsupported, "The entry lies in several parts of the archive, which are not read together.")
        : header.IsLinkOrDevice ? new ImageFailure(FailureClass.Unsupported, "The entry is a link or device; links in archives are not followed.")
        : Damage ?? ArchiveFailures.Excess(header.Size, _fileLength, _limits);
}
