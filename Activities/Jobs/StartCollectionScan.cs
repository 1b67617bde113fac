using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Opens the books of a collection that is scanned by itself.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="attributes">Search attributes.</param>
public sealed class StartCollectionScan(ILibraryStore store, JobBooks books, SearchAttributeAvailability attributes) : IStartCollectionScan
{
    /// <inheritdoc/>
    [Activity("StartCollectionScan")]
    public async Task<CollectionScanSettings> StartCollectionScanAsync(StartCollectionScanInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        var collection = await books.CollectionAsync(input.Collection.CollectionId, cancellation);
        var library = await books.LibraryAsync(collection.LibraryId, cancellation);
        await store.AddJobAsync(CollectionScanStart.Job(input.Collection, library.Id, input.JobId, input.StartedAt), cancellation);
        return new CollectionScanSettings(await store.GetPauseAllAsync(cancellation), attributes.Available);
    }
}
