using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Lists folders beneath one library's root. It never leaves the root, and opens nothing.</summary>
public sealed class FolderReader
{
    private const char Replacement = '\uFFFD';
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    private readonly string root;
    private readonly string realRoot;
    private readonly PathExcludes excludes;
    private readonly IArchiveOpener archives;
    private readonly IReadOnlyList<string> ownFolders;

    /// <summary>Creates a reader.</summary>
    /// <param name="library">The library.</param>
    /// <param name="archives">Knows archives by name.</param>
    /// <param name="ownFolders">Folders of the product itself, which are never scanned.</param>
    public FolderReader(Library library, IArchiveOpener archives, IReadOnlyList<string> ownFolders)
    {
        ArgumentNullException.ThrowIfNull(library);
        root = library.RootPath;
        realRoot = Posix.RealPath(root) ?? root;
        excludes = new PathExcludes(library.Settings.Exclude);
        this.archives = archives;
        this.ownFolders = [.. ownFolders.Select(folder => Posix.RealPath(folder) ?? folder)];
    }

    /// <summary>Whether a folder that cannot be read is a failure of its own: the disk answers, again and again, but not for it.</summary>
    public bool UnreadableFails { get; init; }

    /// <summary>Absolute path of a relative one.</summary>
    /// <param name="path">Path relative to the root; empty for the root.</param>
    public string Absolute(string path) => LibraryPaths.Absolute(root, path);

    /// <summary>Path of something in a folder, relative to the root.</summary>
    /// <param name="folder">Relative path of the folder.</param>
    /// <param name="name">Name in it; empty for the folder itself.</param>
    public static string Join(string folder, string name) => folder.Length == 0 ? name : name.Length == 0 ? folder : $"{folder}/{name}";

    /// <summary>One sentence that says why a scan may not start at a path, or null when it may.</summary>
    /// <param name="path">Path of a folder or archive relative to the root; empty for the root.</param>
    public string? WhyRefused(string path)
    {
        if (CacheFolderTag.Marks(root))
        {
            return MarkedAsCache(root);
        }
        var segments = path.Length == 0 ? [] : path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var folder = string.Join('/', segments[..(i + 1)]);
            if (excludes.Match(folder, segments[i]))
            {
                return $"'{folder}' is excluded from the library, so '{path}' cannot be scanned.";
            }
            if (IsOwn(Absolute(folder)))
            {
                return $"'{folder}' is a folder of this program itself and is never scanned.";
            }
            if (CacheFolderTag.Marks(Absolute(folder)))
            {
                return MarkedAsCache(folder);
            }
        }
        var isFile = File.Exists(Absolute(path));
        if (LeadsElsewhere(path, isFile ? CollectionKind.Archive : CollectionKind.Folder))
        {
            return $"'{path}' is not a place within the library: a link on the way leads elsewhere.";
        }
        return isFile && !archives.IsArchiveName(segments[^1])
            ? $"'{path}' is a file and no archive; scan the folder that it lies in."
            : null;
    }

    /// <summary>Whether nothing lies at a path, neither a folder nor an archive.</summary>
    /// <param name="path">Path relative to the root.</param>
    public bool IsMissing(string path) => Posix.IsMissing(Absolute(path));

    /// <summary>Whether a link on the way leads out of the library, or away from where the folder or archive was found.</summary>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="kind">What lies there.</param>
    public bool LeadsElsewhere(string path, CollectionKind kind) => LibraryPaths.LeadsElsewhere(realRoot, path, kind);

    /// <summary>Finds an archive by its path.</summary>
    /// <param name="path">Path relative to the root.</param>
    /// <returns>Null when there is no such file.</returns>
    public ListedFile? FindArchive(string path)
    {
        var file = new FileInfo(Absolute(path));
        return path.Length > 0 && archives.IsArchiveName(file.Name) && file.Exists ? ListedFile.Of(file.Name, file) : null;
    }

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">Path relative to the root.</param>
    /// <exception cref="IOException">The disk does not answer.</exception>
    public FolderListing Read(string folder)
    {
        var builder = new Builder();
        try
        {
            var uncertain = false;
            foreach (var entry in new DirectoryInfo(Absolute(folder)).EnumerateFileSystemInfos("*", Everything))
            {
                if (entry.Name == CacheFolderTag.FileName && CacheFolderTag.Marks(Absolute(folder)))
                {
                    return FolderListing.Empty;
                }
                if (entry.Name.Contains(Replacement))
                {
                    uncertain = true;
                }
                else
                {
                    Take(folder, entry, builder);
                }
            }
            if (uncertain)
            {
                TakeUncertain(folder, builder);
            }
        }
        catch (DirectoryNotFoundException)
        {
            return FolderListing.Empty;
        }
        catch (UnauthorizedAccessException)
        {
            builder.Failures.Add(new ListedFailure(folder, ImageFailure.Of(FailureClass.Permission), Protects: true));
            return builder.Build(complete: false);
        }
        catch (IOException) when (UnreadableFails)
        {
            builder.Failures.Add(new ListedFailure(
                folder, new ImageFailure(FailureClass.IoError, "Reading the folder failed; check its disk."), Protects: true));
            return builder.Build(complete: false);
        }
        return builder.Build(complete: true);
    }

    private static string MarkedAsCache(string folder) =>
        $"'{folder}' is marked as a cache by its {CacheFolderTag.FileName}: what lies there was made by a program, and is never scanned.";

    // Such a name may be true, or stand for one or several that are not UTF-8; only the disk tells.
    private void TakeUncertain(string folder, Builder builder)
    {
        foreach (var name in Posix.NamesIn(Absolute(folder)).Where(name => name.Text.Contains(Replacement)))
        {
            if (name.IsUtf8)
            {
                var path = Path.Combine(Absolute(folder), name.Text);
                Take(folder, Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path), builder);
            }
            else if ((name.MayBeFolder || IsWanted(name.Text)) && !excludes.Match(Join(folder, name.Text), name.Text))
            {
                builder.Failures.Add(new ListedFailure(
                    Join(folder, name.Shown), ImageFailure.Of(FailureClass.Unreadable), Protects: false));
            }
        }
    }

    private void Take(string folder, FileSystemInfo entry, Builder builder)
    {
        var path = Join(folder, entry.Name);
        if (excludes.Match(path, entry.Name))
        {
            return;
        }
        if (entry.LinkTarget is not null)
        {
            TakeLink(path, entry, builder);
        }
        else if (entry is DirectoryInfo)
        {
            if (!IsOwn(entry.FullName))
            {
                builder.Folders.Add(entry.Name);
            }
        }
        else
        {
            TakeFile((FileInfo)entry, entry.Name, builder);
        }
    }

    private void TakeLink(string path, FileSystemInfo link, Builder builder)
    {
        if (Posix.RealPath(link.FullName) is not { } target)
        {
            if (IsWanted(link.Name))
            {
                builder.Failures.Add(new ListedFailure(
                    path, new ImageFailure(FailureClass.IoError, "The link leads nowhere."), Protects: false));
            }
            return;
        }
        var isFolder = Directory.Exists(target);
        if (!LibraryPaths.IsBeneath(target, realRoot) || (isFolder && LibraryPaths.IsBeneath(link.FullName, target)))
        {
            if (isFolder || IsWanted(link.Name))
            {
                builder.Failures.Add(new ListedFailure(
                    path,
                    new ImageFailure(FailureClass.UnsafePath, "The link leads out of the library or in a circle; it was not followed."),
                    Protects: false));
            }
            return;
        }
        // The content of a linked folder within the root is found at its real place.
        if (!isFolder)
        {
            TakeFile(new FileInfo(target), link.Name, builder);
        }
    }

    private void TakeFile(FileInfo file, string name, Builder builder)
    {
        var list = ImageFileNames.IsImage(name) ? builder.Images : archives.IsArchiveName(name) ? builder.Archives : null;
        if (list is not null && file.Exists)
        {
            list.Add(ListedFile.Of(name, file));
        }
    }

    private bool IsWanted(string name) => ImageFileNames.IsImage(name) || archives.IsArchiveName(name);

    private bool IsOwn(string folder) => ownFolders.Any(own => own == folder) || ownFolders.Contains(Posix.RealPath(folder) ?? folder);

    private sealed class Builder
    {
        public List<ListedFile> Images { get; } = [];

        public List<ListedFile> Archives { get; } = [];

        public List<string> Folders { get; } = [];

        public List<ListedFailure> Failures { get; } = [];

        public FolderListing Build(bool complete)
        {
            Images.Sort(InOrder);
            Archives.Sort(InOrder);
            var folders = Folders.Select(name => (Name: name, Key: NaturalSortKey.Create(name))).ToList();
            folders.Sort((left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
            return new FolderListing(Images, Archives, [.. folders.Select(folder => folder.Name)], Failures, complete);
        }

        private static int InOrder(ListedFile left, ListedFile right) => left.SortKey.AsSpan().SequenceCompareTo(right.SortKey);
    }
}
