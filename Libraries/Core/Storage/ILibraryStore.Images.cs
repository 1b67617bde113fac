namespace ImageLibrary.Core;

public partial interface ILibraryStore
{
    /// <summary>Gets an image, or null. Reads nothing but that image.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ImageRecord?> GetImageAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets several images at once, such as the covers of a page of collections, in no particular order.</summary>
    /// <param name="ids">Ids; unknown ones are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ImageRecord>> GetImagesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Lists the images of a collection that are not removed, in natural order.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<ImageRecord>> ListImagesAsync(string collectionId, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Reads the images of a key range, removed ones included, in order, to compare them with a listing.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="after">Keys greater than this; null from the start.</param>
    /// <param name="through">Keys up to and including this; null to the end.</param>
    /// <param name="limit">Most images wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ImageRecord>> ReadRangeAsync(
        string collectionId, byte[]? after, byte[]? through, int limit, CancellationToken cancellationToken = default);

    /// <summary>Records one page of a collection's plan: images, failures and the planning lane's absolute counts, at once.</summary>
    /// <param name="plan">The page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is written, when the lane has a newer page or the collection is gone.</returns>
    Task<bool> RecordPlanAsync(PlanRecord plan, CancellationToken cancellationToken = default);

    /// <summary>Reads the planned images of a key range, in order: those whose <see cref="ImageRecord.PlannedByJobId"/> is the job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="collectionId">The collection.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ImageRecord>> ListPlannedAsync(
        string jobId, string collectionId, SortKeyRange range, CancellationToken cancellationToken = default);

    /// <summary>Records a batch: images, failures and its lane's absolute counts, by one update.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is written, when the lane has this or a newer batch or the collection is gone.</returns>
    Task<bool> RecordBatchAsync(BatchRecord batch, CancellationToken cancellationToken = default);

    /// <summary>Records one image that was rendered outside of a job. Planned work of a job stays planned.</summary>
    /// <param name="read">The image as it was read before it was rendered.</param>
    /// <param name="image">The image as it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// False, and nothing is written, when the image is gone or somebody else has rendered it: its generation, state or files are
    /// neither those that were read nor those that it shall have.
    /// </returns>
    Task<bool> RecordImageAsync(ImageRecord read, ImageRecord image, CancellationToken cancellationToken = default);

    /// <summary>Finds images with the given content whose derivatives may be taken over; removed ones included.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="contentHashes">At most 50 hashes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The images with the path of their collection, so that the caller can check whether the source is still there.</returns>
    Task<IReadOnlyList<ImageInCollection>> FindByContentAsync(
        string libraryId, IReadOnlyList<string> contentHashes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes (softly) up to <paramref name="limit"/> images that the job did not find any more: its candidates, and the
    /// images of collections within the scope that the job has not seen.
    /// </summary>
    /// <param name="removal">Job and scope.</param>
    /// <param name="limit">Most images to remove in this call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Images removed by the job so far, absolute, and whether none are left to remove.</returns>
    Task<RemovalStep> ApplyRemovalsAsync(RemovalScope removal, int limit, CancellationToken cancellationToken = default);
}

/// <summary>A range of sort keys.</summary>
/// <param name="From">First key, included.</param>
/// <param name="Through">Last key, included.</param>
public sealed record SortKeyRange(byte[] From, byte[] Through);

/// <summary>One page of a collection's plan.</summary>
public sealed record PlanRecord
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>Number of the page, from 1; a repeated page overwrites itself.</summary>
    public required long Page { get; init; }

    /// <summary>Counts of this and all former pages: total, skipped, added and so on.</summary>
    public required ScanCounts Counts { get; init; }

    /// <summary>Images to insert or replace; unchanged ones are left out.</summary>
    public required IReadOnlyList<ImageRecord> Images { get; init; }

    /// <summary>Failures found while listing.</summary>
    public IReadOnlyList<JobFailure> Failures { get; init; } = [];
}

/// <summary>A batch that was rendered.</summary>
public sealed record BatchRecord
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>Lane of the batch: 1 or 2.</summary>
    public required int Lane { get; init; }

    /// <summary>Number of the batch in its lane, from 1, ascending.</summary>
    public required long BatchNumber { get; init; }

    /// <summary>The lane's counts, this batch included.</summary>
    public required ScanCounts Counts { get; init; }

    /// <summary>The batch's images as they shall be; their <see cref="ImageRecord.PlannedByJobId"/> is null.</summary>
    public required IReadOnlyList<ImageRecord> Images { get; init; }

    /// <summary>
    /// Former images whose derivatives were taken over: they become removed and lose their derivatives, and their generation is
    /// raised, because the files keep their names.
    /// </summary>
    public IReadOnlyList<string> MovedFromImageIds { get; init; } = [];

    /// <summary>Failures and damaged sources of the batch.</summary>
    public IReadOnlyList<JobFailure> Failures { get; init; } = [];
}

/// <summary>An image and where its collection lies.</summary>
/// <param name="Image">The image.</param>
/// <param name="CollectionPath">Path of the collection relative to the root.</param>
/// <param name="CollectionKind">Kind of the collection.</param>
public sealed record ImageInCollection(ImageRecord Image, string CollectionPath, CollectionKind CollectionKind);

/// <summary>What a job may remove.</summary>
/// <param name="LibraryId">The library.</param>
/// <param name="JobId">The job.</param>
/// <param name="ScopePath">Only collections at or beneath this relative path; empty for the whole library.</param>
/// <param name="UnseenCollections">Whether collections that the job has not seen lose their images; false for a scan of one collection.</param>
/// <param name="ProtectedPaths">Folders that could not be read: nothing at or beneath them is removed.</param>
public sealed record RemovalScope(
    string LibraryId, string JobId, string ScopePath, bool UnseenCollections, IReadOnlyList<string> ProtectedPaths)
{
    /// <summary>Whether a collection may lose images.</summary>
    /// <param name="path">Its relative path.</param>
    public bool Covers(string path) => IsBeneath(path, ScopePath) && !ProtectedPaths.Any(kept => IsBeneath(path, kept));

    private static bool IsBeneath(string path, string folder) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}

/// <summary>One step of removal.</summary>
/// <param name="Removed">Images removed by the job so far.</param>
/// <param name="Done">Whether none are left.</param>
public sealed record RemovalStep(long Removed, bool Done);
