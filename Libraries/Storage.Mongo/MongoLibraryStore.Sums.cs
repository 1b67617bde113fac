using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<DerivativeSum> SumDerivativesAsync(CancellationToken cancellationToken = default) => RunAsync(async () =>
    {
        // By the library, with which the index begins: the sums over all of them are those of its entries.
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument("library", new BsonDocument("$gte", ""))),
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", BsonNull.Value },
                { "files", new BsonDocument("$sum", "$files") },
                { "bytes", new BsonDocument("$sum", "$bytes") },
            }),
        };
        var sums = await AggregateAsync(pipeline, RecordIndexes.LibrarySums, cancellationToken).ConfigureAwait(false);
        return sums is [var all] ? ReadFiles(all) : DerivativeSum.None;
    });

    private async Task<Dictionary<string, LibrarySums>> LibrarySumsAsync(BsonDocument ids, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument("library", ids)),
            // Grouping by one field takes half the time of grouping by two, and a collection lies in one library only.
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", "$collection" },
                { "library", new BsonDocument("$first", "$library") },
                { "n", new BsonDocument("$sum", "$n") },
                { "files", new BsonDocument("$sum", "$files") },
                { "bytes", new BsonDocument("$sum", "$bytes") },
            }),
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", "$library" },
                { "images", new BsonDocument("$sum", "$n") },
                { "collections", new BsonDocument("$sum", Expressions.If(Expressions.Call("$gt", "$n", 0), 1L, 0L)) },
                { "files", new BsonDocument("$sum", "$files") },
                { "bytes", new BsonDocument("$sum", "$bytes") },
            }),
        };
        var groups = await AggregateAsync(pipeline, RecordIndexes.LibrarySums, cancellationToken).ConfigureAwait(false);
        return groups.ToDictionary(
            group => group["_id"].AsString,
            group => new LibrarySums(group["images"].ToInt64(), group["collections"].ToInt64(), ReadFiles(group)));
    }

    private static DerivativeSum ReadFiles(BsonDocument sums) => new(sums["files"].ToInt64(), sums["bytes"].ToInt64());

    private sealed record LibrarySums(long Images, long Collections, DerivativeSum Derivatives);
}
