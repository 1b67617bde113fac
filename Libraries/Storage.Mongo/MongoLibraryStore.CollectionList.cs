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
            var match = order.Behind(after);
            var index = order.Index(ofLibrary: query.LibraryId is not null);
            if (query.LibraryId is { } library)
            {
                match.Add("ofLibrary", library);
            }
            if (words.Length > 0)
            {
                match.Add("$and", new BsonArray(words.Select(word => new BsonDocument("words", Prefix(word)))));
                index = await HasRareWordAsync(words, cancellationToken).ConfigureAwait(false) ? RecordIndexes.Words : index;
            }
            var rows = await AggregateAsync(
                [
                    new BsonDocument("$match", match),
                    new BsonDocument("$sort", order.Sort),
                    new BsonDocument("$project", WithoutLists),
                    .. LookUpSums,
                    new BsonDocument("$match", Visible),
                    new BsonDocument("$limit", page.Limit + 1),
                ],
                index,
                cancellationToken).ConfigureAwait(false);
            var result = PageCursor.Page(
                [.. rows.Select(row => (ReadOrReport(row, "collection", ReadWithSums)!, order.Position(row)))], page.Limit, order.Tag);
            return result with { Items = [.. result.Items.Where(item => item is not null)] };
        });
    }

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
