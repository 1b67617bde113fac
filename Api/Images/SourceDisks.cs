using System.Collections.Concurrent;
using ImageLibrary.Api.Libraries;
using ImageLibrary.Api.Problems;

namespace ImageLibrary.Api.Images;

/// <summary>
/// Opens files on the disks of libraries, which may hang as network drives do. Each is opened on a thread of its own, so that
/// requests that wait leave those of everything else alone; while one hangs, no other is begun on the same disk.
/// </summary>
internal sealed class SourceDisks(ApiOptions options, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Task> _hanging = new(StringComparer.Ordinal);

    /// <summary>Opens a file.</summary>
    /// <param name="rootPath">Root of its library.</param>
    /// <param name="open">Opens it; what it gives is disposed of when nobody waits any more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException">The disk does not answer.</exception>
    public async Task<T> OpenAsync<T>(string rootPath, Func<T> open, CancellationToken cancellationToken)
        where T : IDisposable?
    {
        if (_hanging.TryGetValue(rootPath, out var hanging) && !hanging.IsCompleted)
        {
            throw NotAnswering(rootPath);
        }
        var opening = Task.Factory.StartNew(open, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await opening.WaitAsync(options.SourceWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            _hanging[rootPath] = opening;
            _ = CloseLateAsync(opening);
            throw NotAnswering(rootPath);
        }
        catch (OperationCanceledException)
        {
            _ = CloseLateAsync(opening);
            throw;
        }
    }

    private static async Task CloseLateAsync<T>(Task<T> opening)
        where T : IDisposable?
    {
        using var late = await opening;
    }

    private static ApiProblemException NotAnswering(string rootPath) => ApiProblemException.Unavailable(
        "The original cannot be read", FolderPolicy.NotAnswering(rootPath), RetryAfter);
}
