using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private const char ImagesTag = 'i';

    // A blank page may exist a hundred thousand times; the likely former places come first.
    private const long MostOfOneContent = 50;

    /// <inheritdoc/>
    public Task<ImageRecord?> GetImageAsync(string id, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => session.First(ImageRows.Select + "WHERE i.id = ?1", ImageRows.Read, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> GetImagesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _readers.RunAsync<IReadOnlyList<ImageRecord>>(
            session => [.. ids.Distinct(StringComparer.Ordinal).Select(id => session.First(ImageRows.Select + "WHERE i.id = ?1", ImageRows.Read, id)).OfType<ImageRecord>()],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<ImageRecord>> ListImagesAsync(
        string collectionId, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, ImagesTag);
        return _readers.RunAsync(
            session => PageCursor.Page(
                session.Query(
                    ImageRows.Select + """
                        WHERE i.collection_no = (SELECT no FROM collections WHERE id = ?1) AND i.sort_key > ?2 AND i.state <> 'Removed'
                        ORDER BY i.sort_key LIMIT ?3
                        """,
                    row => ImageRows.Read(row) is var image ? (image, new PageCursor(image.SortKey, 0)) : default,
                    collectionId, after?.Key ?? [], page.Limit + 1),
                page.Limit,
                ImagesTag),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ReadRangeAsync(
        string collectionId, byte[]? after, byte[]? through, int limit, CancellationToken cancellationToken = default) =>
        _readers.RunAsync<IReadOnlyList<ImageRecord>>(
            session => session.Query(
                ImageRows.Select + """
                    WHERE i.collection_no = (SELECT no FROM collections WHERE id = ?1) AND i.sort_key > ?2 AND (?3 IS NULL OR i.sort_key <= ?3)
                    ORDER BY i.sort_key LIMIT ?4
                    """,
                ImageRows.Read,
                collectionId, after ?? [], through, limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ListPlannedAsync(
        string jobId, string collectionId, SortKeyRange range, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(range);
        return _readers.RunAsync<IReadOnlyList<ImageRecord>>(
            session => session.Query(
                ImageRows.Select + """
                    WHERE i.collection_no = (SELECT no FROM collections WHERE id = ?1) AND i.sort_key BETWEEN ?2 AND ?3 AND i.planned_by_job = ?4
                    ORDER BY i.sort_key
                    """,
                ImageRows.Read,
                collectionId, range.From, range.Through, jobId),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageInCollection>> FindByContentAsync(
        string libraryId, IReadOnlyList<string> contentHashes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contentHashes);
        return _readers.RunAsync<IReadOnlyList<ImageInCollection>>(
            session => [.. contentHashes.SelectMany(hash => session.Query(
                ImageRows.Select + """
                    WHERE i.content_hash = ?1 AND l.id = ?2 AND i.derivatives IS NOT NULL
                    ORDER BY i.state = 'Removed' DESC, i.removal_candidate_job IS NOT NULL DESC, i.no LIMIT ?3
                    """,
                row => new ImageInCollection(ImageRows.Read(row), row.GetString(27), row.Enum<CollectionKind>(28)),
                ContentHash.ToColumn(hash), libraryId, MostOfOneContent))],
            cancellationToken);
    }
}
