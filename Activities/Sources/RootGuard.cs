using System.Collections.Concurrent;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Tells a library that is offline from one whose pictures were deleted.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="known">What was found before.</param>
/// <param name="settings">How long a disk may be silent.</param>
/// <param name="time">The clock.</param>
public sealed class RootGuard(ILibraryStore store, JobBooks books, KnownImages known, ActivitySettings settings, TimeProvider time)
{
    // Less than the heartbeat timeout of those who ask.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<string, Task> stalled = new(StringComparer.Ordinal);

    /// <summary>Gets the library when its root is there and is the one that was scanned before; else puts the job on wait.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Library> CheckAsync(string libraryId, string jobId, CancellationToken cancellationToken)
    {
        var library = await books.LibraryAsync(libraryId, cancellationToken);
        var reason = await WhyOfflineAsync(library);
        if (reason is not null && await IsKnownByContentAsync(library, jobId, cancellationToken))
        {
            library = library with { RootIdentity = null };
            reason = await WhyOfflineAsync(library);
        }
        if (reason is not null)
        {
            throw await books.WaitAsync(jobId, WaitingReason.LibraryOffline, reason);
        }
        if (library.RootIdentity is null && Posix.Identify(library.RootPath) is { } identity)
        {
            await store.SetRootIdentityAsync(libraryId, identity, cancellationToken);
            library = library with { RootIdentity = identity };
        }
        await books.GoOnAsync(jobId, WaitingReason.LibraryOffline, cancellationToken);
        return library;
    }

    /// <summary>Puts the job on wait when the root went away while something beneath it was read.</summary>
    /// <param name="library">The library.</param>
    /// <param name="jobId">The job.</param>
    public async Task RecheckAsync(Library library, string jobId)
    {
        ArgumentNullException.ThrowIfNull(library);
        if (await WhyOfflineAsync(library) is { } reason)
        {
            throw await books.WaitAsync(jobId, WaitingReason.LibraryOffline, reason);
        }
    }

    /// <summary>
    /// Runs what looks beneath a root, on a thread of its own; puts the job on wait when the disk does not answer. What the read
    /// uses must belong to it alone, because it cannot be ended while it hangs.
    /// </summary>
    /// <param name="library">The library.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="path">What is looked at, relative to the root; while one look hangs there is no other.</param>
    /// <param name="read">Looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<T> ReadAsync<T>(Library library, string jobId, string path, Func<T> read, CancellationToken cancellationToken)
    {
        var place = Path.Combine(library.RootPath, path);
        if (!IsStalled(place))
        {
            var begun = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var look = Task.Factory.StartNew(
                () =>
                {
                    begun.SetResult(Posix.ThreadId());
                    return read();
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            try
            {
                return await StallWatch.WaitAsync(look, await begun.Task, settings.ReadDeadline, time, cancellationToken);
            }
            catch (TimeoutException) when (!look.IsCompleted)
            {
                _ = HoldUntilItAnswersAsync(place, look);
            }
        }
        throw await books.WaitAsync(jobId, WaitingReason.LibraryOffline, Silent(place));
    }

    /// <summary>One sentence that says why the library cannot be worked on, or null when it can.</summary>
    /// <param name="library">The library.</param>
    public static string? WhyOffline(Library library)
    {
        ArgumentNullException.ThrowIfNull(library);
        if (!Directory.Exists(library.RootPath) || Posix.Identify(library.RootPath) is not { } identity)
        {
            return $"The folder {library.RootPath} cannot be reached; connect its disk.";
        }
        if (library.RootIdentity is { } known && known != identity)
        {
            return $"The folder {library.RootPath} is not the one that was scanned before; is its disk mounted?";
        }
        if (library.ImageCount > 0 && !HasEntries(library.RootPath))
        {
            return $"The folder {library.RootPath} is empty, although {library.ImageCount} pictures are known in it; is its disk mounted?";
        }
        return null;
    }

    /// <summary>One sentence that says why a picture's failure is the disk's and not the picture's, or null when it is not.</summary>
    /// <param name="library">The library.</param>
    /// <param name="failure">Why the picture could not be read; null when it could.</param>
    public static string? WhyOffline(Library library, ImageFailure? failure) =>
        MayBeTheDisk(failure) ? WhyOffline(library) : null;

    /// <summary>Whether a failure may be the disk's and not the picture's.</summary>
    /// <param name="failure">Why a picture could not be read; null when it could.</param>
    public static bool MayBeTheDisk(ImageFailure? failure) => failure?.Class is FailureClass.IoError or FailureClass.Permission;

    // Network drives, FUSE and btrfs get another device number whenever they are mounted, some another inode, and disks change their
    // order. An empty mount point or another disk does not hold the same files, though.
    private async Task<bool> IsKnownByContentAsync(Library library, string jobId, CancellationToken cancellationToken)
    {
        if (library.RootIdentity is null || IsStalled(library.RootPath))
        {
            return false;
        }
        var sample = await known.SampleAsync(library.Id, cancellationToken);
        return await ReadAsync(
            library, jobId, "",
            () => sample.Count == 0 ? library.ImageCount == 0 : 2 * sample.Count(file => file.IsIn(library.RootPath)) >= sample.Count,
            cancellationToken);
    }

    // A network drive that stalls holds whoever asks for it; one thread waits for it, and all others are told at once.
    private async Task<string?> WhyOfflineAsync(Library library)
    {
        if (IsStalled(library.RootPath))
        {
            return Silent(library.RootPath);
        }
        var look = Task.Factory.StartNew(
            () => WhyOffline(library), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await look.WaitAsync(AnswersWithin, time);
        }
        catch (TimeoutException)
        {
            _ = HoldUntilItAnswersAsync(library.RootPath, look);
            return Silent(library.RootPath);
        }
    }

    private bool IsStalled(string path) => stalled.ContainsKey(path);

    private async Task HoldUntilItAnswersAsync(string path, Task look)
    {
        stalled[path] = look;
        await look.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stalled.TryRemove(KeyValuePair.Create(path, look));
    }

    private static string Silent(string path) => $"{path} does not answer; is its disk or network drive still there?";

    private static bool HasEntries(string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (UnauthorizedAccessException)
        {
            // Reported as a failure of the folder, which protects everything beneath it.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
