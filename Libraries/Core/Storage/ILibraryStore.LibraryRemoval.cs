namespace ImageLibrary.Core;

// A library goes from the inside out: the caller deletes the derivatives' files of some images, then these images, then
// the emptied collection, at last the emptied library. Whatever a crash leaves is found again and goes the same way.
public partial interface ILibraryStore
{
    /// <summary>Lists collections of a library that are still there, empty ones included, in no particular order.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="limit">Most collections wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<Collection>> ListRemainingCollectionsAsync(string libraryId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes images of a collection for good: those up to and including a sort key.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="through">Last sort key to remove.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task RemoveImagesAsync(string collectionId, byte[] through, CancellationToken cancellationToken = default);

    /// <summary>Removes a collection that holds no image any more.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is removed, while it holds an image; true when it is gone.</returns>
    Task<bool> RemoveCollectionAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Removes a library that holds no collection any more. Its jobs stay, as history.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is removed, while it holds a collection; true when it is gone.</returns>
    Task<bool> RemoveLibraryAsync(string id, CancellationToken cancellationToken = default);
}
