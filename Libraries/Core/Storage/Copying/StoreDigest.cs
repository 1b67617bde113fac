using System.Security.Cryptography;
using System.Text.Json;

namespace ImageLibrary.Core;

/// <summary>Compares two stores record by record, and counts and sums up what they hold.</summary>
internal sealed class StoreDigest(ICopyableStore source, ICopyableStore target, Action<long> report) : IDisposable
{
    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _libraries;
    private long _collections;
    private long _images;
    private long _jobs;
    private long _failures;

    /// <summary>Whether two lists hold the same records.</summary>
    public static bool Same<T>(IReadOnlyList<T> left, IReadOnlyList<T> right) =>
        left.Count == right.Count && Bytes(left).AsSpan().SequenceEqual(Bytes(right));

    /// <summary>Reads both stores to their ends.</summary>
    /// <exception cref="StoreException">They differ; the message says where first.</exception>
    public async Task<StoreCopyResult> CompareAsync(long writtenImages, CancellationToken cancellationToken)
    {
        var libraries = await StoreRecords.LibrariesAsync(source, cancellationToken).ConfigureAwait(false);
        _libraries = libraries.Count;
        Take(libraries, await StoreRecords.LibrariesAsync(target, cancellationToken).ConfigureAwait(false), "the list of libraries");
        foreach (var library in libraries)
        {
            await CompareCollectionsAsync(library, cancellationToken).ConfigureAwait(false);
        }
        await CompareJobsAsync(cancellationToken).ConfigureAwait(false);
        return new StoreCopyResult(_libraries, _collections, _images, _jobs, _failures, writtenImages, Convert.ToHexStringLower(_sum.GetHashAndReset()));
    }

    public void Dispose() => _sum.Dispose();

    private Task CompareCollectionsAsync(Library library, CancellationToken cancellationToken) => CompareAsync(
        store => StoreRecords.CollectionPagesAsync(store, library.Id, cancellationToken),
        $"the collections of the library '{library.Name}'",
        async page =>
        {
            _collections += page.Count;
            foreach (var collection in page)
            {
                await CompareImagesAsync(collection, cancellationToken).ConfigureAwait(false);
            }
        },
        cancellationToken);

    private Task CompareImagesAsync(Collection collection, CancellationToken cancellationToken) => CompareAsync(
        store => StoreRecords.ImagePagesAsync(store, collection.Id, cancellationToken),
        $"the images of '{collection.Path}'",
        page =>
        {
            _images += page.Count;
            report(_images);
            return Task.CompletedTask;
        },
        cancellationToken);

    private async Task CompareJobsAsync(CancellationToken cancellationToken)
    {
        var jobs = await StoreRecords.JobsAsync(source, cancellationToken).ConfigureAwait(false);
        _jobs = jobs.Count;
        Take(jobs, await StoreRecords.JobsAsync(target, cancellationToken).ConfigureAwait(false), "the list of jobs");
        foreach (var job in jobs)
        {
            await CompareAsync(
                store => StoreRecords.FailuresAsync(store, job.Id, cancellationToken).Select(failure => (IReadOnlyList<JobFailure>)[failure]),
                $"the failures of the job {job.Id}",
                page =>
                {
                    _failures += page.Count;
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a list of both stores side by side, page by page.</summary>
    private async Task CompareAsync<T>(
        Func<ICopyableStore, IAsyncEnumerable<IReadOnlyList<T>>> pages, string what, Func<IReadOnlyList<T>, Task> then, CancellationToken cancellationToken)
    {
        var copies = pages(target).GetAsyncEnumerator(cancellationToken);
        await using (copies.ConfigureAwait(false))
        {
            await foreach (var page in pages(source).ConfigureAwait(false))
            {
                Take(page, await NextAsync(copies).ConfigureAwait(false), what);
                await then(page).ConfigureAwait(false);
            }
            Take([], await NextAsync(copies).ConfigureAwait(false), what);
        }
    }

    private void Take<T>(IReadOnlyList<T> records, IReadOnlyList<T> copies, string what)
    {
        if (!Same(records, copies))
        {
            throw new StoreException($"The stores differ in {what}. Was one of them written to meanwhile? Stop what uses them and copy again.");
        }
        _sum.AppendData(Bytes(records));
    }

    private static async Task<IReadOnlyList<T>> NextAsync<T>(IAsyncEnumerator<IReadOnlyList<T>> pages) =>
        await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : [];

    private static byte[] Bytes<T>(IReadOnlyList<T> records) => JsonSerializer.SerializeToUtf8Bytes(records);
}
