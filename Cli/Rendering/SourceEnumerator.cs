using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Lists the pictures that the arguments mean, in natural order, each with an output name of its own.</summary>
internal sealed class SourceEnumerator(IArchiveOpener archives)
{
    // File systems disagree about case, so names that differ in case only count as the same.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the pictures of files, folders and archives; links are not followed.</summary>
    internal IEnumerable<RenderSource> Enumerate(IEnumerable<string> paths) => paths.SelectMany(path =>
        Directory.Exists(path) ? EnumerateFolder(path)
        : IsArchive(path) ? EnumerateArchive(path, Path.GetFileName(path))
        : [Named(path, entry: null, Path.GetFileName(path))]);

    private IEnumerable<RenderSource> EnumerateFolder(string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        var files = Directory.EnumerateFiles(folder, "*", options)
            .Where(path => ImageFileNames.IsImage(Path.GetFileName(path.AsSpan())) || IsArchive(path))
            .Select(path => (Path: path, Key: NaturalSortKey.Create(Path.GetRelativePath(folder, path).Replace('\\', '/'))))
            .ToList();
        files.Sort(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        return files.SelectMany(file =>
        {
            var relative = Path.GetRelativePath(folder, file.Path);
            return IsArchive(file.Path) ? EnumerateArchive(file.Path, relative) : [Named(file.Path, entry: null, relative)];
        });
    }

    private IEnumerable<RenderSource> EnumerateArchive(string path, string outputFolder)
    {
        List<ArchiveEntry> images, nested;
        ImageFailure? damage;
        bool sequential;
        try
        {
            using var archive = archives.Open(path);
            (images, nested) = ([.. ArchiveContent.Images(archive)], [.. ArchiveContent.Nested(archives, archive)]);
            (damage, sequential) = (archive.Damage, archive.IsSequential);
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

    private bool IsArchive(string path) => archives.IsArchiveName(path);
}
