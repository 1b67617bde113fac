using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Collection>> ListRemainingCollectionsAsync(
        string libraryId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _readers.RunAsync<IReadOnlyList<Collection>>(
            session => session.Query(SelectCollection + "WHERE l.id = ?1 LIMIT ?2", ReadCollection, libraryId, (long)limit),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveImagesAsync(string collectionId, byte[] through, CancellationToken cancellationToken = default) =>
        Writer.RunAsync(
            session =>
            {
                var changes = new ImageChanges(session);
                foreach (var image in StoredImage.Through(session, CollectionNumber(session, collectionId), through))
                {
                    changes.Delete(image);
                }
                Finish(changes);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveCollectionAsync(string id, CancellationToken cancellationToken = default) =>
        Writer.RunAsync(
            session =>
            {
                var collection = CollectionNumber(session, id);
                if (session.Number("SELECT EXISTS (SELECT 1 FROM images WHERE collection_no = ?1)", collection) != 0)
                {
                    return false;
                }
                session.Execute("DELETE FROM collection_words WHERE collection_no = ?1", collection);
                session.Execute("DELETE FROM collections WHERE no = ?1", collection);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveLibraryAsync(string id, CancellationToken cancellationToken = default) =>
        Writer.RunAsync(
            session =>
            {
                var library = session.Number("SELECT no FROM libraries WHERE id = ?1", id);
                if (session.Number("SELECT EXISTS (SELECT 1 FROM collections WHERE library_no = ?1)", library) != 0)
                {
                    return false;
                }
                session.Execute("DELETE FROM libraries WHERE no = ?1", library);
                // Folded lanes only guard against late repeats, which can write nothing where there is no collection.
                session.Execute(
                    "DELETE FROM lanes WHERE counts IS NULL AND job_id IN (SELECT id FROM jobs WHERE library_id = ?1)", id);
                return true;
            },
            cancellationToken);

    private static long CollectionNumber(SqliteSession session, string id) =>
        session.Number("SELECT no FROM collections WHERE id = ?1", id);
}
