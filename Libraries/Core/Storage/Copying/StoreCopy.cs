namespace ImageLibrary.Core;

/// <summary>
/// Copies all libraries, collections, images, ended jobs and tokens from one store to another. It writes only what differs, so it can be
/// interrupted at any time and run again, and it ends with a comparison of both stores. Nobody else may use them meanwhile.
/// </summary>
public sealed class StoreCopy
{
    private readonly ICopyableStore _source;
    private readonly ICopyableStore _target;
    private readonly IProgress<StoreCopyProgress>? _progress;
    private long _total;
    private long _images;
    private long _written;

    /// <summary>Creates a copy; nothing is read before <see cref="RunAsync"/>.</summary>
    /// <param name="source">Where to read.</param>
    /// <param name="target">Where to write: an empty store, or one that a former run has begun to fill.</param>
    /// <param name="progress">Hears how far it is, after each page.</param>
    public StoreCopy(ICopyableStore source, ICopyableStore target, IProgress<StoreCopyProgress>? progress = null)
    {
        _source = source ?? throw new ArgumentNullException(nameof(source));
        _target = target ?? throw new ArgumentNullException(nameof(target));
        _progress = progress;
    }

    /// <summary>Copies and compares.</summary>
    /// <param name="cancellationToken">Ends it; what is copied stays.</param>
    /// <exception cref="StoreException">A job is still open, the target holds something else, or the stores differ in the end.</exception>
    public async Task<StoreCopyResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var libraries = await StoreRecords.LibrariesAsync(_source, cancellationToken).ConfigureAwait(false);
        await RefuseOpenJobsAsync(_source, "source", cancellationToken).ConfigureAwait(false);
        await RefuseOpenJobsAsync(_target, "target", cancellationToken).ConfigureAwait(false);
        await RefuseForeignAsync(libraries, cancellationToken).ConfigureAwait(false);
        _total = libraries.Sum(library => library.ImageCount);
        foreach (var library in libraries)
        {
            await CopyLibraryAsync(library, cancellationToken).ConfigureAwait(false);
        }
        await CopyJobsAsync(cancellationToken).ConfigureAwait(false);
        await _target.SetPauseAllAsync(await _source.GetPauseAllAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await CopyTokensAsync(cancellationToken).ConfigureAwait(false);
        using var digest = new StoreDigest(_source, _target, images => Report(StoreCopyStage.Verifying, images));
        return await digest.CompareAsync(_written, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RefuseOpenJobsAsync(ILibraryStore store, string which, CancellationToken cancellationToken)
    {
        var open = await store.ListJobsAsync(new JobQuery(Open: true), new PageRequest(1), cancellationToken).ConfigureAwait(false);
        if (open.Items is [var job, ..])
        {
            throw new StoreException(
                $"The job {job.Id} of the {which} is still open ({job.State}). Its progress belongs to a running engine: let it end or cancel it, then copy.");
        }
    }

    private async Task RefuseForeignAsync(List<Library> libraries, CancellationToken cancellationToken)
    {
        var known = libraries.Select(library => library.Id).ToHashSet(StringComparer.Ordinal);
        var held = await StoreRecords.LibrariesAsync(_target, cancellationToken).ConfigureAwait(false);
        if (held.Find(library => !known.Contains(library.Id)) is { } foreign)
        {
            throw new StoreException($"The target holds the library '{foreign.Name}', which the source does not. Name an empty target.");
        }
    }

    private async Task CopyLibraryAsync(Library library, CancellationToken cancellationToken)
    {
        // It is new to the target, or a copy that was broken off has left it there as it was then.
        await _target.AddLibraryAsync(library, cancellationToken).ConfigureAwait(false);
        await _target.UpdateLibraryAsync(library.Id, library.Name, library.Settings, cancellationToken).ConfigureAwait(false);
        if (library.RootIdentity is { } identity)
        {
            await _target.SetRootIdentityAsync(library.Id, identity, cancellationToken).ConfigureAwait(false);
        }
        if (library.State == LibraryState.Deleting)
        {
            await _target.MarkLibraryDeletingAsync(library.Id, cancellationToken).ConfigureAwait(false);
        }
        await foreach (var page in StoreRecords.CollectionPagesAsync(_source, library.Id, cancellationToken).ConfigureAwait(false))
        {
            await CopyCollectionsAsync(library.Id, page, cancellationToken).ConfigureAwait(false);
            foreach (var collection in page)
            {
                await CopyImagesAsync(collection.Id, cancellationToken).ConfigureAwait(false);
                // After the images: a half-copied collection must not look as if it had been planned.
                await _target.SetCollectionPlannedAsync(
                    collection.Id, collection.ListingFingerprint, collection.RecipeFingerprint, collection.Failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Runs of collections that one job has seen, so that their order stays.
    private async Task CopyCollectionsAsync(string libraryId, IReadOnlyList<Collection> collections, CancellationToken cancellationToken)
    {
        for (var start = 0; start < collections.Count;)
        {
            var job = collections[start].LastSeenJobId;
            var run = collections.Skip(start).TakeWhile(collection => collection.LastSeenJobId == job).ToList();
            await _target.UpsertDiscoveredAsync(
                libraryId,
                job ?? "",
                [.. run.Select(collection => new DiscoveredCollection(collection.Path, collection.Name, collection.Kind))],
                cancellationToken).ConfigureAwait(false);
            start += run.Count;
        }
    }

    private async Task CopyImagesAsync(string collectionId, CancellationToken cancellationToken)
    {
        byte[]? after = null;
        await foreach (var page in StoreRecords.ImagePagesAsync(_source, collectionId, cancellationToken).ConfigureAwait(false))
        {
            var through = page[^1].SortKey;
            var held = await _target.ReadRangeAsync(collectionId, after, through, page.Count + 1, cancellationToken).ConfigureAwait(false);
            if (!StoreDigest.Same(page, held))
            {
                await _target.ImportImagesAsync(collectionId, page, cancellationToken).ConfigureAwait(false);
                _written += page.Count;
            }
            after = through;
            _images += page.Count;
            Report(StoreCopyStage.Copying, _images);
        }
    }

    private async Task CopyJobsAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await StoreRecords.JobsAsync(_source, cancellationToken).ConfigureAwait(false))
        {
            await _target.AddJobAsync(job, cancellationToken).ConfigureAwait(false);
            var failures = new List<JobFailure>();
            await foreach (var failure in StoreRecords.FailuresAsync(_source, job.Id, cancellationToken).ConfigureAwait(false))
            {
                failures.Add(failure);
                if (failures.Count == StoreRecords.ImagesPerPage)
                {
                    await _target.AddFailuresAsync(job.Id, failures, cancellationToken).ConfigureAwait(false);
                    failures.Clear();
                }
            }
            if (failures.Count > 0)
            {
                await _target.AddFailuresAsync(job.Id, failures, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Each store signs sessions with a key of its own: people sign in again, programs go on with their tokens.
    private async Task CopyTokensAsync(CancellationToken cancellationToken)
    {
        foreach (var token in (await _source.GetAccessAsync(cancellationToken).ConfigureAwait(false)).Tokens)
        {
            await _target.ShareAccessAsync(token, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Report(StoreCopyStage stage, long images) => _progress?.Report(new StoreCopyProgress(stage, images, Math.Max(images, _total)));
}
