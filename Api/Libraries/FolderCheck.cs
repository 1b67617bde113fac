using ImageLibrary.Api.Files;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Libraries;

/// <summary>Tells what choosing a folder would mean, within a bounded time, without changing anything.</summary>
internal sealed class FolderCheck(
    ILibraryStore store, FolderPolicy folders, IArchiveOpener archives, TimeProvider time)
{
    private const int MaxEntries = 50_000;
    private static readonly TimeSpan SampleTime = TimeSpan.FromSeconds(2);

    // A dead network mount blocks the thread that asks it; the answer must not wait for that.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<LibraryCheckDto> RunAsync(string rootPath, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(rootPath))
        {
            throw ApiProblemException.Invalid("rootPath", "'rootPath' must name a folder.");
        }
        LibraryCheckDto found;
        try
        {
            found = await Task.Run(() => Look(rootPath, cancellationToken), cancellationToken)
                .WaitAsync(Deadline, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Refused(rootPath, readable: false, FolderPolicy.NotAnswering(rootPath));
        }
        return found.Allowed && await OverlapAsync(found.RootPath, cancellationToken) is { } other
            ? found with { Allowed = false, Message = new RootConflictException(other).Message, ConflictingLibraryId = other.Id }
            : found;
    }

    private LibraryCheckDto Look(string rootPath, CancellationToken cancellationToken)
    {
        var (path, refusal) = folders.Resolve(rootPath);
        var unreadable = Path.IsPathFullyQualified(path) && Directory.Exists(path) ? FolderPolicy.Unreadable(path) : refusal;
        if ((refusal ?? unreadable) is { } message)
        {
            return Refused(path, readable: unreadable is null, message);
        }
        var fileSystem = FileSystems.NameOf(path);
        return Sample(path, cancellationToken) with
        {
            FileSystem = fileSystem,
            Network = fileSystem is not null && FileSystems.IsNetwork(fileSystem),
        };
    }

    private LibraryCheckDto Sample(string root, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // Breadth first: a short look then sees something of many folders, not everything of one.
        var pending = new Queue<string>([root]);
        long folderCount = 0, images = 0, archiveCount = 0, others = 0;
        var complete = true;
        while (complete && pending.TryDequeue(out var folder))
        {
            if (CacheFolderTag.Marks(folder))
            {
                continue;
            }
            folderCount++;
            try
            {
                foreach (var entry in Entries(folder))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (images + archiveCount + others + pending.Count >= MaxEntries || time.GetElapsedTime(started) > SampleTime)
                    {
                        complete = false;
                        break;
                    }
                    if (entry is DirectoryInfo)
                    {
                        if (entry.LinkTarget is null && !entry.Name.StartsWith('.'))
                        {
                            pending.Enqueue(entry.FullName);
                        }
                    }
                    else if (ImageFileNames.IsImage(entry.Name))
                    {
                        images++;
                    }
                    else if (archives.IsArchiveName(entry.Name))
                    {
                        archiveCount++;
                    }
                    else
                    {
                        others++;
                    }
                }
            }
            catch (Exception e) when (e is IOException or ArgumentException)
            {
                // It went away in the meantime, its disk fails, or its path is too long to be spelt: the others still tell something.
            }
        }
        return new LibraryCheckDto
        {
            RootPath = root,
            Readable = true,
            Allowed = true,
            Message = complete && images + archiveCount == 0 ? $"There are no pictures in the folder '{root}' yet." : null,
            Complete = complete,
            Folders = folderCount,
            Images = images,
            Archives = archiveCount,
            OtherFiles = others,
        };
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder) =>
        new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 });

    private async Task<Library?> OverlapAsync(string path, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await store.ListLibrariesAsync(new PageRequest(Paging.Paging.MaxLimit, cursor), cancellationToken);
            var overlap = page.Items.FirstOrDefault(
                library => RealPath.IsWithin(path, library.RootPath) || RealPath.IsWithin(library.RootPath, path));
            if (overlap is not null)
            {
                return overlap;
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return null;
    }

    private static LibraryCheckDto Refused(string path, bool readable, string message) =>
        new() { RootPath = path, Readable = readable, Allowed = false, Message = message };
}
