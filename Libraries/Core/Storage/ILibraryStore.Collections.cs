namespace ImageLibrary.Core;

public partial interface ILibraryStore
{
    /// <summary>Adds the collections that are not known yet and notes that the job has seen all of them.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="jobId">The job; each collection's <see cref="Collection.LastSeenJobId"/> becomes it.</param>
    /// <param name="found">At most 1,000 collections.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The collections as they are now, in the order of <paramref name="found"/>.</returns>
    Task<IReadOnlyList<Collection>> UpsertDiscoveredAsync(
        string libraryId, string jobId, IReadOnlyList<DiscoveredCollection> found, CancellationToken cancellationToken = default);

    /// <summary>Notes from which listing and recipes a collection's images were planned, or why it cannot be read.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="listingFingerprint">Fingerprint of the listing; null so that the next scan looks again.</param>
    /// <param name="recipeFingerprint">Fingerprint of the recipes.</param>
    /// <param name="failure">Failure of the collection as a whole; null when it can be read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SetCollectionPlannedAsync(
        string collectionId, string? listingFingerprint, string? recipeFingerprint, ImageFailure? failure,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a collection with its counts, or null.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Collection?> GetCollectionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists collections that hold at least one image or have a failure, in natural order of their paths.</summary>
    /// <param name="query">Filter and order.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<Collection>> ListCollectionsAsync(CollectionQuery query, PageRequest page, CancellationToken cancellationToken = default);
}

/// <summary>Filter and order of a list of collections.</summary>
/// <param name="LibraryId">Only this library; null for all.</param>
/// <param name="Search">Case-folded prefixes of words of name or path, all of which must match; null for all.</param>
/// <param name="Sort">Order.</param>
/// <param name="LeaveOutEmpty">Leaves out archives in which there is no picture, those whose failure is <see cref="FailureClass.Empty"/>.</param>
public sealed record CollectionQuery(
    string? LibraryId = null, string? Search = null, CollectionSort Sort = CollectionSort.Path, bool LeaveOutEmpty = false);

/// <summary>Orders of a list of collections.</summary>
public enum CollectionSort
{
    /// <summary>Natural order of paths.</summary>
    Path,

    /// <summary>Natural order of names.</summary>
    Name,

    /// <summary>Newest first.</summary>
    Added,
}
