using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<DerivativeSum> SumDerivativesAsync(CancellationToken cancellationToken = default) => RunAsync(async () =>
    {
        var sums = await DerivativeSumsAsync(new BsonDocument("$gte", ""), cancellationToken).ConfigureAwait(false);
        return new DerivativeSum(sums.Values.Sum(sum => sum.Files), sums.Values.Sum(sum => sum.Bytes));
    });

    private async Task<Dictionary<string, DerivativeSum>> DerivativeSumsAsync(BsonDocument ids, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument("library", ids)),
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", "$library" },
                { "files", new BsonDocument("$sum", "$files") },
                { "bytes", new BsonDocument("$sum", "$bytes") },
            }),
        };
        var groups = await AggregateAsync(pipeline, RecordIndexes.LibrarySums, cancellationToken).ConfigureAwait(false);
        return groups.ToDictionary(
            group => group["_id"].AsString, group => new DerivativeSum(group["files"].ToInt64(), group["bytes"].ToInt64()));
    }

    private async Task<Dictionary<string, (long Images, long Collections)>> ImageSumsAsync(BsonDocument ids, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument { { "library", ids }, { "n", new BsonDocument("$gt", 0) } }),
            // Grouping by one field takes half the time of grouping by two, and a collection lies in one library only.
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", "$collection" },
                { "library", new BsonDocument("$first", "$library") },
                { "n", new BsonDocument("$sum", "$n") },
            }),
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", "$library" },
                { "images", new BsonDocument("$sum", "$n") },
                { "collections", new BsonDocument("$sum", 1L) },
            }),
        };
        var groups = await AggregateAsync(pipeline, RecordIndexes.LibrarySums, cancellationToken).ConfigureAwait(false);
        return groups.ToDictionary(group => group["_id"].AsString, group => (group["images"].ToInt64(), group["collections"].ToInt64()));
    }
}
