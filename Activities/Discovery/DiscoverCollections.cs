using System.Collections.Immutable;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>Finds collections on disk and compares their listings with the store.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="roots">The offline guard.</param>
/// <param name="walks">Walks of which not all pages were asked for yet.</param>
/// <param name="known">What was found before.</param>
/// <param name="archives">Knows archives by name.</param>
/// <param name="renderer">Knows the recipes.</param>
/// <param name="blobs">The cache folder, which is never scanned.</param>
/// <param name="settings">Settings.</param>
/// <param name="time">The clock.</param>
public sealed class DiscoverCollections(
    ILibraryStore store, JobBooks books, RootGuard roots, SuspendedWalks walks, KnownImages known, IArchiveOpener archives,
    IImageRenderer renderer, IBlobStore blobs, ActivitySettings settings, TimeProvider time) : IDiscoverCollections
{
    private const int ChunkSize = 200;
    private const int WorkPerPage = 200;
    private const int ImagesPerRead = 2_500;
    private static readonly TimeSpan PageTime = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    [Activity("DiscoverCollections")]
    public async Task<DiscoveryPage> DiscoverCollectionsAsync(DiscoverCollectionsInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        var cancellation = context.CancellationToken;
        await using var heartbeat = ActivityHeartbeat.Start(time);
        var library = await roots.CheckAsync(input.Scan.LibraryId, input.JobId, cancellation);
        var start = input.Scan.Path ?? "";
        var reader = new FolderReader(library, archives, [settings.DataDirectory, blobs.RootPath])
        {
            UnreadableFails = context.Info.Attempt > ActivitySettings.PatientAttempts,
        };
        if (await WhyRefusedAsync(input, library, reader, start, cancellation) is { } refusal)
        {
            throw new ApplicationFailureException(refusal, FailureTypes.InvalidInput, nonRetryable: true);
        }
        var page = new PageBuilder(input, library, RecipeFingerprints(library), time);
        // Where nothing was found because a disk was away, it may be back: then all of it is looked at again.
        var cursor = input.Found == 0 && context.Info.Attempt > 1 ? null : input.Cursor;
        var walk = walks.Take(input.JobId, cursor) ?? new FolderWalk(reader, start).From(cursor).GetEnumerator();
        try
        {
            do
            {
                var chunk = await roots.ReadAsync(
                    library, input.JobId, start, () => NextChunk(walk, page, cancellation), cancellation);
                if (chunk.Count > 0)
                {
                    var stored = await UpsertAsync(input, library, chunk, cancellation);
                    page.Compare(chunk, stored, await FindUnfinishedAsync(input.Scan, stored, cancellation));
                }
            }
            while (!page.Done && page.Work.Count < WorkPerPage && !page.TimeIsUp);
        }
        catch (IOException)
        {
            await roots.RecheckAsync(library, input.JobId);
            throw;
        }
        await roots.RecheckAsync(library, input.JobId);
        var result = page.Build();
        if (result.Done && input.Found + result.Found == 0
            && await known.AnyBeneathAsync(library.Id, start, result.ProtectedPaths, cancellation))
        {
            throw await books.WaitAsync(
                input.JobId, WaitingReason.LibraryOffline,
                $"No picture was found in {reader.Absolute(start)}, although some are known; nothing is removed. Is its disk mounted?");
        }
        await AddFailuresAsync(input.JobId, page, cancellation);
        if (!result.Done && result.Cursor is { } place && !reader.UnreadableFails)
        {
            walks.Keep(input.JobId, place, walk);
        }
        return result;
    }

    private async Task<string?> WhyRefusedAsync(
        DiscoverCollectionsInput input, Library library, FolderReader reader, string start, CancellationToken cancellationToken)
    {
        var (refusal, missing) = await roots.ReadAsync(
            library, input.JobId, start, () => (reader.WhyRefused(start), reader.IsMissing(start)), cancellationToken);
        // What is known is looked for all the same: its disk may be away, or it is gone and must be removed.
        if (refusal is not null || !missing || start.Length == 0 || input.Cursor is not null
            || await known.AnyCollectionAsync(library.Id, start, cancellationToken))
        {
            return refusal;
        }
        await roots.RecheckAsync(library, input.JobId);
        return $"There is no folder or archive '{start}' in the library '{library.Name}', and no pictures are known from there; check the path.";
    }

    private static List<FoundCollection> NextChunk(IEnumerator<WalkStep> walk, PageBuilder page, CancellationToken cancellationToken)
    {
        var chunk = new List<FoundCollection>();
        while (chunk.Count < ChunkSize && !page.TimeIsUp)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!walk.MoveNext())
            {
                page.Done = true;
                break;
            }
            if (page.Take(walk.Current) is { } found)
            {
                chunk.Add(found);
            }
        }
        return chunk;
    }

    private Dictionary<CollectionKind, string> RecipeFingerprints(Library library) => Enum.GetValues<CollectionKind>()
        .ToDictionary(kind => kind, kind => Fingerprints.Of(DerivativeRecipe.All(renderer, library.Settings, kind)));

    private Task<IReadOnlyList<Collection>> UpsertAsync(
        DiscoverCollectionsInput input, Library library, List<FoundCollection> chunk, CancellationToken cancellationToken) =>
        store.UpsertDiscoveredAsync(
            library.Id,
            input.JobId,
            [.. chunk.Select(found => new DiscoveredCollection(
                found.Path, found.Path.Length == 0 ? library.Name : found.Path[(found.Path.LastIndexOf('/') + 1)..], found.Kind))],
            cancellationToken);

    // A scan that does not take up what is incomplete takes what is new or changed all the same, also when a former job ended
    // after it had planned that: the listing is as it was recorded then.
    private async Task<HashSet<string>> FindUnfinishedAsync(
        LibraryScanInput scan, IReadOnlyList<Collection> known, CancellationToken cancellationToken)
    {
        var unfinished = new HashSet<string>(StringComparer.Ordinal);
        foreach (var collection in scan.ResumeIncomplete ? [] : known.Where(collection => collection.IncompleteCount > 0))
        {
            if (await HasPlannedAsync(collection.Id, cancellationToken))
            {
                unfinished.Add(collection.Id);
            }
        }
        return unfinished;
    }

    private async Task<bool> HasPlannedAsync(string collectionId, CancellationToken cancellationToken)
    {
        byte[]? cursor = null;
        while (true)
        {
            var images = await store.ReadRangeAsync(collectionId, cursor, null, ImagesPerRead, cancellationToken);
            if (images.Any(image => image.PlannedByJobId is not null))
            {
                return true;
            }
            if (images.Count < ImagesPerRead)
            {
                return false;
            }
            cursor = images[^1].SortKey;
        }
    }

    private async Task AddFailuresAsync(string jobId, PageBuilder page, CancellationToken cancellationToken)
    {
        if (page.Failures.Count > 0)
        {
            var now = time.GetUtcNow();
            await store.AddFailuresAsync(
                jobId,
                [.. page.Failures.Select(failure => new JobFailure(null, null, failure.Path, failure.Failure, now))],
                cancellationToken);
        }
    }

    /// <summary>A collection as it lies on disk.</summary>
    private sealed record FoundCollection(string Path, CollectionKind Kind, string Fingerprint, long? Images);

    private sealed class PageBuilder(DiscoverCollectionsInput input, Library library, Dictionary<CollectionKind, string> recipes, TimeProvider time)
    {
        private DiscoveryCursor? cursor = input.Cursor;
        private long? started;
        private long found;
        private long skipped;
        private long skippedImages;

        public bool Done { get; set; }

        // The first step may take long, when the folders on the way to the cursor are listed again; each page goes on by more.
        public bool TimeIsUp => started is { } first && time.GetElapsedTime(first) >= PageTime;

        public List<CollectionWork> Work { get; } = [];

        public List<ListedFailure> Failures { get; } = [];

        public FoundCollection? Take(WalkStep step)
        {
            started ??= time.GetTimestamp();
            cursor = step.Cursor;
            if (step.Archive is { } archive)
            {
                return new FoundCollection(step.Path, CollectionKind.Archive, Fingerprints.Of([archive]), null);
            }
            var listing = step.Listing!;
            Failures.AddRange(listing.Failures);
            return listing.Complete && listing.Images.Count > 0
                ? new FoundCollection(step.Path, CollectionKind.Folder, Fingerprints.Of(listing.Images), listing.Images.Count)
                : null;
        }

        public void Compare(List<FoundCollection> chunk, IReadOnlyList<Collection> known, HashSet<string> unfinished)
        {
            foreach (var (onDisk, stored) in chunk.Zip(known))
            {
                found++;
                if (unfinished.Contains(stored.Id) || HasWork(onDisk, stored))
                {
                    Work.Add(new CollectionWork(stored.Id, stored.Path.Length == 0 ? library.Name : stored.Path));
                }
                else
                {
                    skipped++;
                    skippedImages += stored.ImageCount;
                }
            }
        }

        public DiscoveryPage Build() => new()
        {
            Work = Work,
            Found = found,
            Skipped = skipped,
            Images = new ScanCounts
            {
                Total = skippedImages,
                Skipped = skippedImages,
                Unchanged = skippedImages,
                FailuresByClass = Failures.GroupBy(failure => failure.Failure.Class)
                    .ToImmutableSortedDictionary(group => group.Key, group => group.LongCount()),
            },
            ProtectedPaths = [.. Failures.Where(failure => failure.Protects).Select(failure => failure.Path)],
            Cursor = cursor,
            Done = Done,
        };

        private bool HasWork(FoundCollection onDisk, Collection stored) =>
            input.Scan.OverwriteExisting
            || input.Scan.Deep
            || stored.ListingFingerprint != onDisk.Fingerprint
            || (onDisk.Images is { } images && images != stored.ImageCount)
            || stored.RecipeFingerprint != recipes[onDisk.Kind]
            || (input.Scan.ResumeIncomplete && (stored.IncompleteCount > 0 || (stored.Failure is { } failure && failure != SourceListing.NoPictures)));
    }
}
