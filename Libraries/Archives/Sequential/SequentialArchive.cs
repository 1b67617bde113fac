using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>
/// An archive without random access. It was listed by one pass; entries are read by a second one that goes forward, and
/// starts again for an entry that it has passed.
/// </summary>
internal sealed class SequentialArchive : IArchive
{
    private readonly Func<ArchivePass> _open;
    private ArchivePass? _pass;
    private int _next;

    private SequentialArchive(Func<ArchivePass> open, IReadOnlyList<ArchiveEntry> entries, ImageFailure? damage)
    {
        _open = open;
        Entries = entries;
        Damage = damage;
    }

    public IReadOnlyList<ArchiveEntry> Entries { get; }

    public bool IsSequential => true;

    public ImageFailure? Damage { get; }

    /// <summary>Lists an archive.</summary>
    /// <exception cref="SourceException">No entry can be read.</exception>
    internal static SequentialArchive Open(Func<ArchivePass> open, ImageFailure? knownDamage, CancellationToken cancellationToken)
    {
        using var pass = open();
        var entries = new List<ArchiveEntry>();
        while (pass.Next(cancellationToken) is { } entry)
        {
            entries.Add(entry);
        }

        var damage = knownDamage ?? pass.Damage;
        if (entries.Count == 0 && pass.IsPart)
        {
            throw new SourceException(new ImageFailure(
                FailureClass.Unsupported, "The archive is one of several parts, and no file lies whole in it."));
        }

        if (entries.Count == 0 && damage is not null)
        {
            throw new SourceException(damage);
        }

        return entries.Count > 0 && entries.TrueForAll(entry => entry.Failure?.Class == FailureClass.Encrypted)
            ? throw new SourceException(new ImageFailure(FailureClass.Encrypted, "The archive is encrypted."))
            : new SequentialArchive(open, entries, damage);
    }

    public Stream OpenEntry(ArchiveEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Failure is { } failure)
        {
            throw new SourceException(failure);
        }

        if (_pass is null || entry.Index < _next)
        {
            _pass?.Dispose();
            _pass = null;
            _pass = _open();
            _next = 0;
        }

        while (_pass.Next(cancellationToken) is { } current)
        {
            _next = current.Index + 1;
            if (current.Index == entry.Index)
            {
                return _pass.OpenCurrent();
            }
        }

        throw new SourceException(_pass.Damage ?? new ImageFailure(FailureClass.IoError, "The archive does not hold the entry any more."));
    }

    public void Dispose() => _pass?.Dispose();
}
