namespace ImageLibrary.Core;

/// <summary>What moving libraries from one store to another needs beside the port itself.</summary>
public interface ICopyableStore : ILibraryStore
{
    /// <summary>Lists every collection of a library in the order in which they were added, also those that show no image.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="afterId">The collection before the first one wanted; null from the start.</param>
    /// <param name="limit">Most collections wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<Collection>> ListAllCollectionsAsync(
        string libraryId, string? afterId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Inserts or replaces images exactly as they are; no job counts them.</summary>
    /// <param name="collectionId">Their collection.</param>
    /// <param name="images">At most 500 images.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">There is no such collection.</exception>
    Task ImportImagesAsync(string collectionId, IReadOnlyList<ImageRecord> images, CancellationToken cancellationToken = default);
}
