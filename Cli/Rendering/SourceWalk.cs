using ImageLibrary.Api.Files;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>
/// Finds the pictures and archives that the arguments mean; links in folders are not followed. The output folder is left out of a folder
/// around it: what lies there was made from the rest.
/// </summary>
internal sealed class SourceWalk
{
    private static readonly EnumerationOptions Visible = new()
    {
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private readonly IArchiveOpener _archives;
    private readonly IReadOnlyList<string> _arguments;
    private readonly string _output;

    // Without links, in the order of the arguments.
    private readonly List<string> _places;

    /// <summary>Prepares a walk.</summary>
    /// <param name="archives">Knows archives by their names.</param>
    /// <param name="arguments">Files and folders.</param>
    /// <param name="output">The output folder, which must exist.</param>
    internal SourceWalk(IArchiveOpener archives, IReadOnlyList<string> arguments, string output)
    {
        _archives = archives;
        _arguments = arguments;
        _output = WithoutLinks(output);
        _places = [.. arguments.Select(WithoutLinks)];
    }

    /// <summary>Whether a source may lie where derivatives are written.</summary>
    internal bool ReachesOutput => _places.Exists(place => RealPath.IsWithin(place, _output));

    /// <summary>Lists the files, those of a folder in natural order.</summary>
    internal IEnumerable<SourceFile> Find(CancellationToken cancellationToken) => _arguments.Zip(_places).SelectMany(argument =>
        Directory.Exists(argument.First)
            ? FindBelow(argument.First, argument.Second, cancellationToken)
            : [new SourceFile(argument.First, Path.GetFileName(argument.First))]);

    /// <summary>Whether a file that exists is one that the arguments mean.</summary>
    internal bool Means(string file)
    {
        var place = Path.Combine(WithoutLinks(Path.GetDirectoryName(Path.GetFullPath(file))!), Path.GetFileName(file));
        return _places.Exists(argument =>
            RealPath.IsWithin(place, argument) && !(IsAround(argument) && RealPath.IsWithin(place, _output)));
    }

    private IEnumerable<SourceFile> FindBelow(string folder, string place, CancellationToken cancellationToken)
    {
        var found = new List<SourceFile>();
        var pending = new Stack<string>([""]);
        while (pending.TryPop(out var below))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                foreach (var entry in new DirectoryInfo(Path.Combine(folder, below)).EnumerateFileSystemInfos("*", Visible))
                {
                    Take(entry, Path.Combine(folder, below, entry.Name), Path.Combine(below, entry.Name));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                found.Add(new SourceFile(Path.Combine(folder, below), below, PictureReader.Failure(e)));
            }
        }

        return found
            .Select(file => (File: file, Key: NaturalSortKey.Create(file.Relative.Replace('\\', '/'))))
            .OrderBy(item => item.Key, Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Select(item => item.File);

        void Take(FileSystemInfo entry, string path, string relative)
        {
            var isFolder = entry is DirectoryInfo;
            if (isFolder && IsAround(place) && Path.Combine(place, relative) == _output)
            {
                return;
            }

            if (!isFolder && !ImageFileNames.IsImage(entry.Name) && !_archives.IsArchiveName(entry.Name))
            {
                return;
            }

            // The framework shows a name that is not UTF-8 with this character, and no file has the name that it shows.
            if (entry.Name.Contains('\uFFFD') && !Path.Exists(path))
            {
                found.Add(new SourceFile(path, relative, ImageFailure.Of(FailureClass.Unreadable)));
            }
            else if (isFolder)
            {
                pending.Push(relative);
            }
            else
            {
                found.Add(new SourceFile(path, relative));
            }
        }
    }

    private bool IsAround(string place) => place != _output && RealPath.IsWithin(_output, place);

    private static string WithoutLinks(string path) =>
        Path.TrimEndingDirectorySeparator(RealPath.Of(Path.GetFullPath(path)) ?? Path.GetFullPath(path));
}
