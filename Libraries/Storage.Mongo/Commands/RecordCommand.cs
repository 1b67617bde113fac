using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// Collects statements that go to the server as one ordered <c>update</c> command on one collection: one round trip, and the
/// first statement that the server refuses keeps it from those behind it.
/// </summary>
internal sealed class RecordCommand
{
    private readonly List<WriteModel<BsonDocument>> _statements = [];

    /// <summary>Statements so far.</summary>
    public int Count => _statements.Count;

    /// <summary>Images that the statements write.</summary>
    public long Images { get; private set; }

    /// <summary>Updates the document of a filter, or makes it.</summary>
    public void Upsert(BsonDocument filter, params BsonDocument[] stages) =>
        _statements.Add(new UpdateOneModel<BsonDocument>(filter, Pipeline(stages)) { IsUpsert = true });

    /// <summary>Updates the document of a filter if there is one.</summary>
    public void Update(BsonDocument filter, params BsonDocument[] stages) =>
        _statements.Add(new UpdateOneModel<BsonDocument>(filter, Pipeline(stages)));

    /// <summary>Updates every document of a filter.</summary>
    public void UpdateMany(BsonDocument filter, params BsonDocument[] stages) =>
        _statements.Add(new UpdateManyModel<BsonDocument>(filter, Pipeline(stages)));

    /// <summary>Puts a whole document in place.</summary>
    public void Replace(BsonDocument document) =>
        _statements.Add(new ReplaceOneModel<BsonDocument>(new BsonDocument("_id", document["_id"]), document) { IsUpsert = true });

    /// <summary>Notes that a statement writes images.</summary>
    public void Writes(long images) => Images += images;

    /// <summary>Sends the command.</summary>
    /// <param name="records">The collection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">The server failed, or a unique index that is not ours refuses a document.</exception>
    public async Task<CommandResult> SendAsync(IMongoCollection<BsonDocument> records, CancellationToken cancellationToken)
    {
        try
        {
            var result = await records.BulkWriteAsync(_statements, new BulkWriteOptions { IsOrdered = true }, cancellationToken)
                .ConfigureAwait(false);
            return new CommandResult(Refusal.None, -1, result.MatchedCount, result.ModifiedCount + result.Upserts.Count);
        }
        catch (MongoBulkWriteException<BsonDocument> fault)
            when (fault.WriteErrors is [var error, ..] && Refusals.ForeignIndex(error) is { } index)
        {
            throw new StoreException(
                $"The unique index '{index}' of '{records.CollectionNamespace}', which this program has not made, refuses what is to be stored; drop it: {error.Message}", fault);
        }
        catch (MongoBulkWriteException<BsonDocument> fault)
            when (fault.WriteErrors is [var error, ..] && Refusals.Of(error) is not Refusal.None and var refusal)
        {
            return new CommandResult(refusal, error.Index, fault.Result.MatchedCount, fault.Result.ModifiedCount + fault.Result.Upserts.Count);
        }
    }

    private static UpdateDefinition<BsonDocument> Pipeline(BsonDocument[] stages) =>
        Builders<BsonDocument>.Update.Pipeline(PipelineDefinition<BsonDocument, BsonDocument>.Create(stages));
}

/// <summary>What became of a command.</summary>
/// <param name="Refusal">Why the server refused a statement.</param>
/// <param name="Statement">Index of the refused statement; -1 when none was.</param>
/// <param name="Matched">Documents that the statements met.</param>
/// <param name="Changed">Documents changed or made.</param>
internal sealed record CommandResult(Refusal Refusal, int Statement, long Matched, long Changed);
