using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
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
        var order = CollectionOrder.Of(query.Sort);
        var after = PageCursor.After(page, order.Tag);
        string[] words = [.. SearchWords.Of(query.Search ?? "").Take(MostSearchWords)];
        return RunAsync(async () =>
        {
            var isRare = await HasRareWordAsync(words, cancellationToken).ConfigureAwait(false);
            var index = isRare ? RecordIndexes.Words : order.Index(ofLibrary: query.LibraryId is not null);
            var rows = new List<(Collection?, PageCursor)>();
            for (var (position, found) = (after, 0); rows.Count <= page.Limit; found *= 2)
            {
                var asked = Math.Max(page.Limit + 1 - rows.Count, found);
                var documents = await CollectionRowsAsync(query.LibraryId, words, order, position, asked, index, cancellationToken).ConfigureAwait(false);
                rows.AddRange(await VisibleAsync(documents, query, order, cancellationToken).ConfigureAwait(false));
                if (documents.Count < asked)
                {
                    break;
                }
                (position, found) = (order.Position(documents[^1]), asked);
            }
            var result = PageCursor.Page(rows, page.Limit, order.Tag);
            return new Page<Collection>([.. result.Items.OfType<Collection>()], result.NextCursor);
        });
    }

    private async Task<List<BsonDocument>> CollectionRowsAsync(
        string? libraryId, string[] words, CollectionOrder order, PageCursor? after, int limit, string index, CancellationToken cancellationToken)
    {
        var filter = order.Behind(after);
        filter.AddOptional("ofLibrary", libraryId);
        if (words.Length > 0)
        {
            filter.Add("$and", new BsonArray(words.Select(word => new BsonDocument("words", Prefix(word)))));
        }
        return await _records.Find(filter, new FindOptions { Hint = index }).Sort(order.Sort).Project(WithoutLists).Limit(limit)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those that hold an image or have failed; one that does not fit is null, and keeps its place.</summary>
    private async Task<IEnumerable<(Collection?, PageCursor)>> VisibleAsync(
        List<BsonDocument> documents, CollectionQuery query, CollectionOrder order, CancellationToken cancellationToken)
    {
        var sums = await SumsAsync(documents.Select(document => new Fields(document).TextOrEmpty("id")), cancellationToken).ConfigureAwait(false);
        return documents
            .Select(document => (Document: document, Sums: sums.GetValueOrDefault(new Fields(document).TextOrEmpty("id"), CollectionSums.None)))
            .Where(row => row.Sums.Images > 0 || (row.Document.Contains("failure") && !(query.LeaveOutEmpty && IsEmpty(row.Document["failure"]))))
            .Select(row => (
                ReadOrReport(row.Document, "collection", document => CollectionDocument.Read(document, row.Sums)), order.Position(row.Document)));
    }

    private static bool IsEmpty(BsonValue failure) =>
        failure is BsonDocument document && document.GetValue("class", BsonNull.Value) == nameof(FailureClass.Empty);

    // The sums come from an index: no segment is read.
    private static BsonDocument[] LookUpSums { get; } =
    [
        new("$lookup", new BsonDocument
        {
            { "from", RecordsName },
            { "localField", "id" },
            { "foreignField", "collection" },
            { "pipeline", new BsonArray { CollectionSums.Group } },
            { "as", "sums" },
        }),
    ];

    private static BsonDocument Visible { get; } = new("$or", new BsonArray
    {
        new BsonDocument("sums.n", new BsonDocument("$gt", 0)),
        new BsonDocument("failure", new BsonDocument("$exists", true)),
    });

    private static Collection ReadWithSums(BsonDocument row) =>
        CollectionDocument.Read(row, row["sums"].AsBsonArray is [var sums] ? CollectionSums.Read(sums.AsBsonDocument) : CollectionSums.None);

    // Both ends must hold for the same word.
    private static BsonDocument Prefix(string word) =>
        new("$elemMatch", new BsonDocument { { "$gte", word }, { "$lt", SearchWords.End(word) } });

    private async Task<bool> HasRareWordAsync(string[] words, CancellationToken cancellationToken)
    {
        foreach (var word in words)
        {
            var count = await _records.CountDocumentsAsync(
                new BsonDocument("words", Prefix(word)), new CountOptions { Limit = RareWord, Hint = RecordIndexes.Words }, cancellationToken)
                .ConfigureAwait(false);
            if (count < RareWord)
            {
                return true;
            }
        }
        return false;
    }
}
