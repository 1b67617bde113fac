using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>Opens the books of a removal.</summary>
/// <param name="store">The store.</param>
/// <param name="attributes">Search attributes.</param>
public sealed class StartLibraryRemoval(ILibraryStore store, SearchAttributeAvailability attributes) : IStartLibraryRemoval
{
    /// <inheritdoc/>
    [Activity("StartLibraryRemoval")]
    public async Task<LibraryRemovalSettings> StartLibraryRemovalAsync(StartLibraryRemovalInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        var library = await store.GetLibraryAsync(input.LibraryId, cancellation)
            ?? throw new ApplicationFailureException($"There is no library '{input.LibraryId}'.", FailureTypes.NotFound, nonRetryable: true);
        await store.MarkLibraryDeletingAsync(library.Id, cancellation);
        await store.AddJobAsync(LibraryRemovalStart.Job(library.Id, input.JobId, input.StartedAt), cancellation);
        return new LibraryRemovalSettings(library.CollectionCount, attributes.Available);
    }
}
