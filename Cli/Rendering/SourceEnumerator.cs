using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Lists the pictures that the arguments mean, in natural order, each with an output name of its own.</summary>
internal sealed class SourceEnumerator(IArchiveOpener archives)
{
    // File systems disagree about case, so names that differ in case only count as the same.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists pictures. The files are found at once, archives are opened when it is their turn.</summary>
    /// <param name="files">The files that the arguments mean.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <param name="check">Called for each loose file before the first picture is returned.</param>
    internal IEnumerable<RenderSource> Enumerate(IEnumerable<SourceFile> files, Action<RenderSource> check, CancellationToken cancellationToken)
    {
        var found = files.Select(file => (File: file, Loose: Loose(file))).ToList();
        foreach (var loose in found.Select(item => item.Loose).OfType<RenderSource>())
        {
            check(loose);
        }

        return found.SelectMany(item => item.Loose is { } loose ? [loose] : EnumerateArchive(item.File.Path, item.File.Relative, cancellationToken));
    }

    private RenderSource? Loose(SourceFile file) =>
        file.Failure is { } failure ? new RenderSource(file.Path, Entry: null, file.Relative, failure)
        : archives.IsArchiveName(file.Path) ? null
        : Named(file.Path, entry: null, file.Relative);

    private IEnumerable<RenderSource> EnumerateArchive(string path, string outputFolder, CancellationToken cancellationToken)
    {
        List<ArchiveEntry> images, nested;
        ImageFailure? damage;
        bool sequential;
        try
        {
            using var archive = archives.Open(path, cancellationToken);
            (images, nested) = ([.. ArchiveContent.Images(archive)], [.. ArchiveContent.Nested(archives, archive)]);
            (damage, sequential) = (archive.Damage ?? ArchiveContent.WhyEmpty(archive), archive.IsSequential);
        }
        catch (SourceException e)
        {
            return [new RenderSource(path, Entry: null, outputFolder, e.Failure)];
        }
        catch (Exception e) when (PictureFault.IsSurprise(e))
        {
            return [new RenderSource(path, Entry: null, outputFolder, PictureReader.Failure(e))];
        }

        // Without random access, every step back would mean to unpack the archive from its beginning again.
        return (sequential ? images : InNaturalOrder(images))
            .Concat(nested)
            .Select(entry => entry.Failure is null
                ? Named(path, entry, Path.Combine(outputFolder, entry.Path)) with { IsSequential = sequential }
                : new RenderSource(path, entry, outputFolder, entry.Failure))
            .Concat(damage is null ? [] : [new RenderSource(path, Entry: null, outputFolder, damage)]);
    }

    private static IEnumerable<ArchiveEntry> InNaturalOrder(IEnumerable<ArchiveEntry> entries) => entries
        .Select(entry => (Entry: entry, Key: NaturalSortKey.Create(entry.Path, entry.Occurrence)))
        .OrderBy(item => item.Key, Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))
        .Select(item => item.Entry);

    /// <summary>The source's name without extension; with it where another source already has that name.</summary>
    private RenderSource Named(string path, ArchiveEntry? entry, string relative)
    {
        var stem = Path.Combine(Path.GetDirectoryName(relative) ?? "", Path.GetFileNameWithoutExtension(relative));
        if (!_taken.Add(stem))
        {
            stem = relative;
            for (var number = 2; !_taken.Add(stem); number++)
            {
                stem = $"{relative}~{number}";
            }
        }

        return new RenderSource(path, entry, stem);
    }
}
