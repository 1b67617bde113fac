using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore : ICopyableStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Collection>> ListAllCollectionsAsync(
        string libraryId, string? afterId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _readers.RunAsync<IReadOnlyList<Collection>>(
            session => [.. session.Query(
                SelectCollection + """
                    WHERE c.library_no = (SELECT no FROM libraries WHERE id = ?1)
                      AND c.no > coalesce((SELECT no FROM collections WHERE id = ?2), 0)
                    ORDER BY c.no LIMIT ?3
                    """,
                ReadCollection,
                libraryId, afterId, limit)],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ImportImagesAsync(string collectionId, IReadOnlyList<ImageRecord> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Writer.RunAsync(
            session =>
            {
                var changes = new ImageChanges(session);
                Save(changes, collectionId, images);
                Finish(changes);
                return true;
            },
            cancellationToken);
    }
}
