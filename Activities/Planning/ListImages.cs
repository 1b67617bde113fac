using System.Collections.Immutable;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Plans one page of a collection.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="roots">The offline guard.</param>
/// <param name="listings">Listings of which not all pages are planned yet.</param>
/// <param name="archives">Opens archives.</param>
/// <param name="renderer">Knows the recipes.</param>
/// <param name="time">The clock.</param>
public sealed class ListImages(
    ILibraryStore store, JobBooks books, RootGuard roots, SourceListings listings, IArchiveOpener archives, IImageRenderer renderer,
    TimeProvider time) : IListImages
{
    private const int PageSize = 2_500;

    /// <inheritdoc/>
    [Activity("ListImages")]
    public async Task<ListImagesPage> ListImagesAsync(ListImagesInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        await using var heartbeat = ActivityHeartbeat.Start(time);
        var collection = await books.CollectionAsync(input.CollectionId, cancellation);
        var library = await roots.CheckAsync(collection.LibraryId, input.JobId, cancellation);
        var listing = listings.Take(input.JobId, collection.Id) ?? await ReadListingAsync(input.JobId, library, collection, cancellation);
        if (input.Page == 1)
        {
            await store.UpdateJobAsync(input.JobId, new JobChange { CurrentFolder = collection.Path }, cancellation);
        }
        var recipes = DerivativeRecipe.All(renderer, library.Settings, collection.Kind);
        if (listing.Failure is not null)
        {
            return await RecordUnreadableAsync(input, recipes, collection, listing, cancellation);
        }
        var page = await PlanAsync(input, library, recipes, listing, cancellation);
        await RecordAsync(input, recipes, collection, listing, page, cancellation);
        if (!page.Result.Done)
        {
            listings.Keep(input.JobId, collection.Id, listing);
        }
        return page.Result;
    }

    private async Task<SourceListing> ReadListingAsync(
        string jobId, Library library, Collection collection, CancellationToken cancellationToken)
    {
        try
        {
            var listing = await roots.ReadAsync(
                library, jobId, collection.Path,
                () => SourceListing.Read(new FolderReader(library, archives, []), archives, collection, cancellationToken),
                cancellationToken);
            await roots.RecheckAsync(library, jobId);
            return listing is { NothingThere: true, Failure: null } && collection.ImageCount > 0
                ? SourceListing.Unread(new ImageFailure(
                    FailureClass.IoError, "Nothing was found although pictures are known here, so nothing is removed. Is its disk mounted?"))
                : listing;
        }
        catch (IOException)
        {
            await roots.RecheckAsync(library, jobId);
            if (ActivityExecutionContext.Current.Info.Attempt > ActivitySettings.PatientAttempts)
            {
                return SourceListing.Unread(ImageFailure.Of(FailureClass.IoError));
            }
            throw;
        }
    }

    private async Task<PlannedPage> PlanAsync(
        ListImagesInput input, Library library, IReadOnlyList<DerivativeRecipe> recipes, SourceListing listing, CancellationToken cancellationToken)
    {
        var rest = listing.Images.Where(image => input.Cursor is not { } cursor || image.SortKey.AsSpan().SequenceCompareTo(cursor) > 0);
        var listed = rest.Take(PageSize + 1).ToList();
        var known = await store.ReadRangeAsync(input.CollectionId, input.Cursor, null, PageSize + 1, cancellationToken);

        // The page ends where the shorter of both looks ends, so that nothing in it is seen by one of them only.
        var end = Least(listed.Count > PageSize ? listed[PageSize - 1].SortKey : null, known.Count > PageSize ? known[PageSize - 1].SortKey : null);
        if (end is not null)
        {
            listed.RemoveAll(image => image.SortKey.AsSpan().SequenceCompareTo(end) > 0);
            known = [.. known.TakeWhile(image => image.SortKey.AsSpan().SequenceCompareTo(end) <= 0)];
        }
        var plan = new ImagePlanner(new PlanRequest
        {
            JobId = input.JobId,
            LibraryId = library.Id,
            CollectionId = input.CollectionId,
            Recipes = recipes,
            ResumeIncomplete = input.ResumeIncomplete,
            OverwriteExisting = input.OverwriteExisting,
            Deep = input.Deep,
            KeepMissing = listing.Incomplete,
        }).Plan(listed, known);
        var counts = input.Counts + plan.Counts;
        if (input.Page == 1)
        {
            counts += OfFailures(listing.EntryFailures.Select(failure => failure.Failure));
        }
        return new PlannedPage(plan, new ListImagesPage
        {
            Counts = counts,
            Ranges = plan.Ranges,
            Cursor = end,
            Done = end is null,
            Missing = input.Missing + plan.Candidates,
            Sequential = listing.Sequential,
            Fingerprint = input.Fingerprint ?? listing.Fingerprint,
        });
    }

    private async Task RecordAsync(
        ListImagesInput input, IReadOnlyList<DerivativeRecipe> recipes, Collection collection, SourceListing listing, PlannedPage page,
        CancellationToken cancellationToken)
    {
        await store.RecordPlanAsync(
            new PlanRecord
            {
                JobId = input.JobId,
                CollectionId = collection.Id,
                Page = input.Page,
                Counts = page.Result.Counts,
                Images = page.Plan.Writes,
                Failures = input.Page == 1 ? Failures(collection, listing) : [],
            },
            cancellationToken);
        if (!page.Result.Done)
        {
            return;
        }
        // The next scan looks again when images are missing, in case that this one is cancelled before it removes them, and
        // when the folder has changed between two pages of its plan.
        var fingerprint = page.Result.Missing == 0 && page.Result.Fingerprint == listing.Fingerprint ? listing.Fingerprint : null;
        var made = Fingerprints.Of(recipes);
        if (collection.ListingFingerprint != fingerprint || collection.RecipeFingerprint != made || collection.Failure != listing.Remark)
        {
            await store.SetCollectionPlannedAsync(collection.Id, fingerprint, made, listing.Remark, cancellationToken);
        }
    }

    private async Task<ListImagesPage> RecordUnreadableAsync(
        ListImagesInput input, IReadOnlyList<DerivativeRecipe> recipes, Collection collection, SourceListing listing,
        CancellationToken cancellationToken)
    {
        var failure = listing.Failure!;
        var counts = input.Counts + OfFailures([failure]);
        await store.RecordPlanAsync(
            new PlanRecord
            {
                JobId = input.JobId,
                CollectionId = collection.Id,
                Page = input.Page,
                Counts = counts,
                Images = [],
                Failures = [new JobFailure(collection.Id, null, collection.Path, failure, time.GetUtcNow())],
            },
            cancellationToken);
        await store.SetCollectionPlannedAsync(collection.Id, listing.Fingerprint, Fingerprints.Of(recipes), failure, cancellationToken);
        return new ListImagesPage { Counts = counts, Ranges = [], Done = true };
    }

    private IReadOnlyList<JobFailure> Failures(Collection collection, SourceListing listing)
    {
        var now = time.GetUtcNow();
        return [.. listing.EntryFailures.Select(failure => new JobFailure(
            collection.Id, null, FolderReader.Join(collection.Path, failure.Path), failure.Failure, now))];
    }

    private static ScanCounts OfFailures(IEnumerable<ImageFailure> failures) => new()
    {
        FailuresByClass = failures.GroupBy(failure => failure.Class)
            .ToImmutableSortedDictionary(group => group.Key, group => group.LongCount()),
    };

    private static byte[]? Least(byte[]? left, byte[]? right) =>
        left is null ? right : right is null ? left : left.AsSpan().SequenceCompareTo(right) < 0 ? left : right;

    private sealed record PlannedPage(ImagePlan Plan, ListImagesPage Result);
}
