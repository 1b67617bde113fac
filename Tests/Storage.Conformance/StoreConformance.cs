using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Base of the suites: a store with one library.</summary>
public abstract class StoreConformance(IStoreHarness harness) : IAsyncLifetime
{
    protected const string JobId = "job-1";

    private ILibraryStore? _store;

    protected IStoreHarness Harness { get; } = harness;

    protected ManualTime Time { get; } = new();

    protected ILibraryStore Store => _store ?? throw new InvalidOperationException("not initialised");

    public virtual async ValueTask InitializeAsync()
    {
        _store = await Harness.OpenAsync(Time);
        await Store.AddLibraryAsync(Samples.Library());
        await Store.AddJobAsync(Samples.Job(JobId));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens its data again, as a new process does.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await Harness.OpenAsync(Time);
    }

    /// <summary>Adds folders as one job finds them.</summary>
    protected async Task<IReadOnlyList<Collection>> DiscoverAsync(string jobId, params string[] paths) =>
        await Store.UpsertDiscoveredAsync(Samples.LibraryId, jobId, [.. paths.Select(Samples.Found)]);

    /// <summary>Records one page of a plan with these images.</summary>
    protected Task<bool> PlanAsync(string jobId, string collectionId, long page, params ImageRecord[] images) =>
        Store.RecordPlanAsync(new PlanRecord
        {
            JobId = jobId,
            CollectionId = collectionId,
            Page = page,
            Counts = new ScanCounts { Total = images.Length },
            Images = images,
        });

    /// <summary>Records one batch with these images.</summary>
    protected Task<bool> BatchAsync(string jobId, string collectionId, int lane, long number, params ImageRecord[] images) =>
        Store.RecordBatchAsync(new BatchRecord
        {
            JobId = jobId,
            CollectionId = collectionId,
            Lane = lane,
            BatchNumber = number,
            Counts = new ScanCounts { Rendered = images.Length },
            Images = images,
        });

    /// <summary>Reads all pages of a list.</summary>
    protected static async Task<IReadOnlyList<T>> AllAsync<T>(Func<PageRequest, Task<Page<T>>> list, int limit)
    {
        var items = new List<T>();
        string? cursor = null;
        do
        {
            var page = await list(new PageRequest(limit, cursor));
            Assert.True(page.Items.Count <= limit);
            Assert.True(page.Items.Count > 0 || page.NextCursor is null);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return items;
    }
}
