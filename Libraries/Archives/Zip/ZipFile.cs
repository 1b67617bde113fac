using System.IO.Compression;
using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>A zip or cbz with random access: its directory is read once, entries are streamed.</summary>
internal sealed class ZipFile : IArchive
{
    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly ZipArchiveEntry[] _sources;
    private readonly ArchiveLimits _limits;

    private ZipFile(FileStream file, ZipArchive zip, ArchiveEntry[] entries, ZipArchiveEntry[] sources, ArchiveLimits limits)
    {
        _file = file;
        _zip = zip;
        _sources = sources;
        _limits = limits;
        Entries = entries;
    }

    public IReadOnlyList<ArchiveEntry> Entries { get; }

    public bool IsSequential => false;

    public ImageFailure? Damage => null;

    /// <summary>Reads the directory. Takes ownership of the file once it succeeds.</summary>
    /// <exception cref="SourceException">Damaged, encrypted as a whole, or beyond a limit.</exception>
    internal static ZipFile Open(FileStream file, ArchiveLimits limits)
    {
        var count = ZipDirectory.ReadEntryCount(file)
            ?? throw Fail(FailureClass.Truncated, "The archive ends too early; copy it again from its source.");
        if (count > (ulong)limits.MaxEntries)
        {
            throw new SourceException(ArchiveFailures.TooManyEntries(count, limits));
        }

        file.Position = 0;
        var zip = Translate(() => new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, EntryNameEncoding.Instance));
        try
        {
            var sources = Translate(() => zip.Entries).Where(entry => !IsFolder(entry)).ToArray();
            CheckTotals(file.Length, sources, limits);
            var entries = Describe(sources, limits);
            if (entries.Length > 0 && Array.TrueForAll(entries, entry => entry.Failure?.Class == FailureClass.Encrypted))
            {
                throw Fail(FailureClass.Encrypted, "The archive is encrypted.");
            }

            return new ZipFile(file, zip, entries, sources, limits);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public Stream OpenEntry(ArchiveEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Failure is { } failure)
        {
            throw new SourceException(failure);
        }

        var source = _sources[entry.Index];
        return new ZipEntryStream(Translate(source.Open), source.Length, source.CompressedLength, source.Crc32, _limits);
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private static ArchiveEntry[] Describe(ZipArchiveEntry[] sources, ArchiveLimits limits)
    {
        var occurrences = new Dictionary<string, int>(sources.Length, StringComparer.Ordinal);
        var entries = new ArchiveEntry[sources.Length];
        for (var i = 0; i < sources.Length; i++)
        {
            var source = sources[i];
            var path = source.FullName.Replace('\\', '/');
            var occurrence = occurrences.GetValueOrDefault(path);
            occurrences[path] = occurrence + 1;

            // The format keeps local time without a zone; read as UTC it is the same on every machine.
            var modified = source.LastWriteTime.DateTime.Ticks - DateTime.UnixEpoch.Ticks;
            entries[i] = new ArchiveEntry(i, path, occurrence, source.Length, modified, FailureOf(source, path, limits));
        }

        return entries;
    }

    private static ImageFailure? FailureOf(ZipArchiveEntry source, string path, ArchiveLimits limits) =>
        EntryPath.IsUnsafe(path) ? ImageFailure.Of(FailureClass.UnsafePath)
        : source.IsEncrypted ? new ImageFailure(FailureClass.Encrypted, "The entry is encrypted.")
        : ArchiveFailures.Excess(source.Length, source.CompressedLength, limits);

    private static void CheckTotals(long fileLength, ZipArchiveEntry[] sources, ArchiveLimits limits)
    {
        var compressed = 0L;
        var total = 0L;
        foreach (var source in sources)
        {
            compressed += Math.Min(source.CompressedLength, long.MaxValue / int.MaxValue);
            total += Math.Min(source.Length, long.MaxValue / int.MaxValue);
        }

        if (compressed > fileLength)
        {
            throw Fail(FailureClass.Corrupt, "The archive's entries claim more data than the file has: it is damaged or a bomb.");
        }

        if (total > limits.MaxTotalBytes)
        {
            throw new SourceException(ArchiveFailures.TotalTooLarge(limits));
        }
    }

    private static bool IsFolder(ZipArchiveEntry entry) =>
        entry.FullName.Length == 0 || entry.FullName[^1] is '/' or '\\';

    private static T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw Fail(FailureClass.Corrupt, "The archive is damaged.", e);
        }
        catch (NotSupportedException e)
        {
            throw Fail(FailureClass.Unsupported, "The archive uses a compression that is not supported.", e);
        }
    }

    private static SourceException Fail(FailureClass failureClass, string sentence, Exception? inner = null) =>
        new(new ImageFailure(failureClass, sentence), inner);
}
