using System.Globalization;
using System.Text;
using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    // A word with fewer collections than this is looked up and its collections sorted; otherwise the sorted list is walked.
    private const long RareWord = 2_000;
    private const int MostSearchWords = 8;

    /// <inheritdoc/>
    public Task<Page<Collection>> ListCollectionsAsync(
        CollectionQuery query, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        var tag = query.Sort switch { CollectionSort.Name => 'n', CollectionSort.Added => 'a', _ => 'p' };
        var after = PageCursor.After(page, tag);
        string[] words = [.. SearchWords.Of(query.Search ?? "").Take(MostSearchWords)];
        return _readers.RunAsync(
            session =>
            {
                var sql = new StringBuilder(SelectCollection);
                var values = new List<object?> { page.Limit + 1L };
                Filter(session, query, words, sql, values);
                Order(query.Sort, after, sql, values);
                var rows = session.Query(sql.ToString(), row => (ReadCollection(row), Position(query.Sort, row)), [.. values]);
                return PageCursor.Page(rows, page.Limit, tag);
            },
            cancellationToken);
    }

    private static PageCursor Position(CollectionSort sort, SqliteDataReader row) => new(
        sort switch { CollectionSort.Name => row.GetFieldValue<byte[]>(14), CollectionSort.Path => row.GetFieldValue<byte[]>(13), _ => [] },
        row.GetInt64(15));

    private static void Filter(SqliteSession session, CollectionQuery query, string[] words, StringBuilder sql, List<object?> values)
    {
        sql.Append("WHERE (c.image_count > 0 OR c.failure_class IS NOT NULL)");
        if (query.LeaveOutEmpty)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND (c.image_count > 0 OR c.failure_class <> {Add(values, nameof(FailureClass.Empty))})");
        }
        var (rarest, count) = words.Length == 0
            ? ("", RareWord)
            : words.Select(word => (Word: word, Count: CountUpTo(session, word, RareWord))).MinBy(word => word.Count);
        if (query.LibraryId is { } libraryId)
        {
            // The plus keeps the planner from walking the library when a rare word already names the few collections.
            var column = count < RareWord ? "+c.library_no" : "c.library_no";
            sql.Append(CultureInfo.InvariantCulture, $" AND {column} = (SELECT no FROM libraries WHERE id = {Add(values, libraryId)})");
        }
        foreach (var word in words)
        {
            var range = $"w.word >= {Add(values, word)} AND w.word < {Add(values, SearchWords.End(word))}";
            sql.Append(
                word == rarest && count < RareWord
                    ? $" AND c.no IN (SELECT w.collection_no FROM collection_words w WHERE {range})"
                    : $" AND EXISTS (SELECT 1 FROM collection_words w WHERE w.collection_no = c.no AND {range})");
        }
    }

    private static void Order(CollectionSort sort, PageCursor? after, StringBuilder sql, List<object?> values)
    {
        if (sort == CollectionSort.Added)
        {
            if (after is not null)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND c.no < {Add(values, after.Number)}");
            }
            sql.Append(" ORDER BY c.no DESC LIMIT ?1");
            return;
        }
        var key = sort == CollectionSort.Name ? "c.name_key" : "c.path_key";
        if (after is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND ({key}, c.no) > ({Add(values, after.Key)}, {Add(values, after.Number)})");
        }
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {key}, c.no LIMIT ?1");
    }

    private static long CountUpTo(SqliteSession session, string word, long most) => session.Number(
        "SELECT count(*) FROM (SELECT 1 FROM collection_words WHERE word >= ?1 AND word < ?2 LIMIT ?3)", word, SearchWords.End(word), most);

    private static string Add(List<object?> values, object? value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{values.Count}");
    }
}
