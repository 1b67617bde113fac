using System.Globalization;
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

    /// <inheritdoc/>
    public Task<Page<Collection>> ListCollectionsAsync(
        CollectionQuery query, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        var tag = query.Sort switch { CollectionSort.Name => 'n', CollectionSort.Added => 'a', _ => 'p' };
        var after = Cursor.Decode(page.Cursor, tag);
        var (sql, values) = CollectionList(query, after, page.Limit + 1);
        var keyColumn = query.Sort == CollectionSort.Name ? 14 : 13;
        return _readers.RunAsync(
            session => Cursor.Page(
                session.Query(
                    sql,
                    row => (ReadCollection(row), new Cursor(query.Sort == CollectionSort.Added ? [] : row.GetFieldValue<byte[]>(keyColumn), row.GetInt64(15))),
                    [.. values]),
                page.Limit,
                tag),
            cancellationToken);
    }

    private static (string Sql, List<object?> Values) CollectionList(CollectionQuery query, Cursor? after, int limit)
    {
        var values = new List<object?> { limit };
        string Add(object? value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"?{values.Count}");
        }
        var where = "WHERE (c.image_count > 0 OR c.failure_class IS NOT NULL)";
        if (query.LibraryId is not null)
        {
            where += $" AND c.library_no = (SELECT no FROM libraries WHERE id = {Add(query.LibraryId)})";
        }
        foreach (var word in Words(query.Search ?? ""))
        {
            where += $" AND EXISTS (SELECT 1 FROM collection_words w WHERE w.collection_no = c.no AND w.word >= {Add(word)} AND w.word < {Add(word + '\uffff')})";
        }
        if (query.Sort == CollectionSort.Added)
        {
            where += after is null ? "" : $" AND c.no < {Add(after.Number)}";
            return ($"{SelectCollection}{where} ORDER BY c.no DESC LIMIT ?1", values);
        }
        var key = query.Sort == CollectionSort.Name ? "c.name_key" : "c.path_key";
        where += after is null ? "" : $" AND ({key}, c.no) > ({Add(after.Key)}, {Add(after.Number)})";
        return ($"{SelectCollection}{where} ORDER BY {key}, c.no LIMIT ?1", values);
    }

    private static Collection UpsertCollection(
        SqliteSession session, string libraryId, long library, string jobId, DiscoveredCollection item)
    {
        var id = StableId.ForCollection(libraryId, item.Path);
        if (session.Execute("UPDATE collections SET last_seen_job = ?2 WHERE id = ?1", id, jobId) == 0)
        {
            session.Execute(
                """
                INSERT INTO collections (id, library_no, last_seen_job, name, path, kind, path_key, name_key)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """,
                id, library, jobId, item.Name, item.Path, item.Kind.ToString(), NaturalSortKey.Create(item.Path), NaturalSortKey.Create(item.Name));
            var number = session.Number("SELECT no FROM collections WHERE id = ?1", id);
            foreach (var word in Words($"{item.Name} {item.Path}"))
            {
                session.Execute("INSERT OR IGNORE INTO collection_words VALUES (?1, ?2)", word, number);
            }
        }
        return session.First(SelectCollection + "WHERE c.id = ?1", ReadCollection, id)!;
    }

    /// <summary>The case-folded words of a text: runs of letters and digits.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var folded = text.ToLowerInvariant();
        for (var i = 0; i < folded.Length; i++)
        {
            var start = i;
            while (i < folded.Length && char.IsLetterOrDigit(folded[i]))
            {
                i++;
            }
            if (i > start)
            {
                yield return folded[start..i];
            }
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
