using System.Runtime.CompilerServices;

namespace ImageLibrary.Core;

/// <summary>All records of a store in a fixed order, page by page.</summary>
internal static class StoreRecords
{
    public const int ImagesPerPage = 500;
    private const int ItemsPerPage = 500;

    /// <summary>Libraries by id.</summary>
    public static async Task<List<Library>> LibrariesAsync(ILibraryStore store, CancellationToken cancellationToken)
    {
        var libraries = new List<Library>();
        await foreach (var library in PagesAsync(page => store.ListLibrariesAsync(page, cancellationToken)).ConfigureAwait(false))
        {
            libraries.Add(library);
        }
        libraries.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return libraries;
    }

    /// <summary>Jobs, oldest first.</summary>
    public static async Task<List<Job>> JobsAsync(ILibraryStore store, CancellationToken cancellationToken)
    {
        var jobs = new List<Job>();
        await foreach (var job in PagesAsync(page => store.ListJobsAsync(new JobQuery(), page, cancellationToken)).ConfigureAwait(false))
        {
            jobs.Add(job);
        }
        jobs.Reverse();
        return jobs;
    }

    /// <summary>Failures of a job by path.</summary>
    public static IAsyncEnumerable<JobFailure> FailuresAsync(ILibraryStore store, string jobId, CancellationToken cancellationToken) =>
        PagesAsync(page => store.ListFailuresAsync(jobId, page, cancellationToken));

    /// <summary>Pages of a library's collections in the order of their adding.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<Collection>> CollectionPagesAsync(
        ICopyableStore store, string libraryId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await store.ListAllCollectionsAsync(libraryId, after, ItemsPerPage, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            yield return page;
            after = page[^1].Id;
        }
    }

    /// <summary>Pages of a collection's images in their order.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ImageRecord>> ImagePagesAsync(
        ILibraryStore store, string collectionId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? after = null;
        while (await store.ReadRangeAsync(collectionId, after, null, ImagesPerPage, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            yield return page;
            after = page[^1].SortKey;
        }
    }

    private static async IAsyncEnumerable<T> PagesAsync<T>(Func<PageRequest, Task<Page<T>>> list)
    {
        string? cursor = null;
        do
        {
            var page = await list(new PageRequest(ItemsPerPage, cursor)).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
