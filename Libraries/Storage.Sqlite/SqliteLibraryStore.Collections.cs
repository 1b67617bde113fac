using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private const string SelectCollection = """
        SELECT c.id, l.id, c.name, c.path, c.kind, c.image_count, c.incomplete_count, c.cover_id, c.listing_fingerprint,
               c.recipe_fingerprint, c.last_seen_job, c.failure_class, c.failure_message, c.path_key, c.name_key, c.no
        FROM collections c JOIN libraries l ON l.no = c.library_no

        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Collection>> UpsertDiscoveredAsync(
        string libraryId, string jobId, IReadOnlyList<DiscoveredCollection> found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        return Writer.RunAsync<IReadOnlyList<Collection>>(
            session =>
            {
                var library = session.Number("SELECT no FROM libraries WHERE id = ?1", libraryId);
                if (library == 0)
                {
                    throw new StoreException($"There is no library '{libraryId}'.");
                }
                return [.. found.Select(item => UpsertCollection(session, libraryId, library, jobId, item))];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetCollectionPlannedAsync(
        string collectionId, string? listingFingerprint, string? recipeFingerprint, ImageFailure? failure,
        CancellationToken cancellationToken = default) =>
        Writer.RunAsync(
            session => session.Execute(
                """
                UPDATE collections SET listing_fingerprint = ?2, recipe_fingerprint = ?3, failure_class = ?4, failure_message = ?5
                WHERE id = ?1
                """,
                collectionId, listingFingerprint, recipeFingerprint, failure?.Class.ToString(), failure?.Message),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Collection?> GetCollectionAsync(string id, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => session.First(SelectCollection + "WHERE c.id = ?1", ReadCollection, id), cancellationToken);

    private static Collection UpsertCollection(
        SqliteSession session, string libraryId, long library, string jobId, DiscoveredCollection item)
    {
        var id = StableId.ForCollection(libraryId, item.Path);
        var known = session.First(SelectCollection + "WHERE c.id = ?1", row => (Collection: ReadCollection(row), Number: row.GetInt64(15)), id);
        if (known.Collection is null)
        {
            var number = session.Number(
                """
                INSERT INTO collections (id, library_no, last_seen_job, name, path, kind, path_key, name_key)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING no
                """,
                id, library, jobId, item.Name, item.Path, item.Kind.ToString(), NaturalSortKey.Create(item.Path), NaturalSortKey.Create(item.Name));
            SaveWords(session, number, item);
        }
        else if (known.Collection.Name != item.Name || known.Collection.Kind != item.Kind)
        {
            session.Execute(
                "UPDATE collections SET last_seen_job = ?2, name = ?3, kind = ?4, name_key = ?5 WHERE no = ?1",
                known.Number, jobId, item.Name, item.Kind.ToString(), NaturalSortKey.Create(item.Name));
            session.Execute("DELETE FROM collection_words WHERE collection_no = ?1", known.Number);
            SaveWords(session, known.Number, item);
        }
        else
        {
            session.Execute("UPDATE collections SET last_seen_job = ?2 WHERE no = ?1 AND last_seen_job IS NOT ?2", known.Number, jobId);
            return known.Collection with { LastSeenJobId = jobId };
        }
        return session.First(SelectCollection + "WHERE c.id = ?1", ReadCollection, id)!;
    }

    private static void SaveWords(SqliteSession session, long collection, DiscoveredCollection item)
    {
        foreach (var word in SearchWords.Of($"{item.Name} {item.Path}"))
        {
            session.Execute("INSERT INTO collection_words VALUES (?1, ?2)", word, collection);
        }
    }

    private static Collection ReadCollection(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        LibraryId = row.GetString(1),
        Name = row.GetString(2),
        Path = row.GetString(3),
        Kind = row.Enum<CollectionKind>(4),
        ImageCount = row.GetInt64(5),
        IncompleteCount = row.GetInt64(6),
        CoverImageId = row.Text(7),
        ListingFingerprint = row.Text(8),
        RecipeFingerprint = row.Text(9),
        LastSeenJobId = row.Text(10),
        Failure = row.Failure(11),
    };
}
