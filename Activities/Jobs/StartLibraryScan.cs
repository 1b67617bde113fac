using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>Opens the books of a scan.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="attributes">Search attributes.</param>
public sealed class StartLibraryScan(ILibraryStore store, JobBooks books, SearchAttributeAvailability attributes) : IStartLibraryScan
{
    /// <inheritdoc/>
    [Activity("StartLibraryScan")]
    public async Task<LibraryScanSettings> StartLibraryScanAsync(StartLibraryScanInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        if (input.Scan.Path is { } path && !IsInside(path))
        {
            throw new ApplicationFailureException(
                $"The path '{path}' must be relative to the library's root.", FailureTypes.InvalidInput, nonRetryable: true);
        }
        var library = await books.LibraryAsync(input.Scan.LibraryId, cancellation);
        await store.AddJobAsync(LibraryScanStart.Job(input.Scan, input.JobId, input.StartedAt), cancellation);
        return new LibraryScanSettings(
            Math.Clamp(library.Settings.MaxConcurrentCollections, 1, RunLimits.MaxConcurrency),
            await store.GetPauseAllAsync(cancellation),
            FindMoves: library.ImageCount > 0,
            attributes.Available);
    }

    private static bool IsInside(string path) =>
        !path.StartsWith('/') && !path.EndsWith('/') && !path.Split('/').Any(segment => segment is "" or "." or "..");
}
