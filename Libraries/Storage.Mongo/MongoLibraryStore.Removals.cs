using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<RemovalStep> ApplyRemovalsAsync(RemovalScope removal, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removal);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return RunAsync(async () =>
        {
            var left = limit - await RemoveCandidatesAsync(removal, limit, cancellationToken).ConfigureAwait(false);
            var sawAll = true;
            if (left > 0 && removal.UnseenCollections)
            {
                (var removed, sawAll) = await EmptyUnseenCollectionsAsync(removal, left, cancellationToken).ConfigureAwait(false);
                left -= removed;
            }
            return new RemovalStep(await RemovedAsync(removal.JobId, cancellationToken).ConfigureAwait(false), left > 0 && sawAll);
        });
    }

    private async Task<int> RemoveCandidatesAsync(RemovalScope removal, int limit, CancellationToken cancellationToken)
    {
        var isCandidate = Call("$and", Call("$eq", "$$this.candidate", Literal(removal.JobId)), Call("$ne", "$$this.state", nameof(ImageState.Removed)));
        var chosen = new List<SegmentRemoval>();
        var options = new FindOptions<BsonDocument>
        {
            Projection = new BsonDocument { { "collection", 1 }, { "ids", Map(Filter("$images", isCandidate), "$$this.id") } },
            Sort = new BsonDocument("_id", 1),
        };
        var filter = new BsonDocument { { "candidates", removal.JobId }, { "library", removal.LibraryId } };
        using var segments = await _records.FindAsync(filter, options, cancellationToken).ConfigureAwait(false);
        var left = limit;
        while (left > 0 && await segments.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            var ids = segments.Current.Select(segment => segment["collection"].AsString).Distinct();
            var collections = await CollectionDocumentsAsync(ids, cancellationToken).ConfigureAwait(false);
            foreach (var segment in segments.Current)
            {
                if (collections.TryGetValue(segment["collection"].AsString, out var collection) && removal.Covers(new Fields(collection).Text("path")))
                {
                    left -= Choose(chosen, segment, left);
                }
            }
        }
        return await RemoveAsync(chosen, [], removal.JobId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the images of collections that are gone, up to the limit, and forgets why such a collection had failed.</summary>
    private async Task<(int Removed, bool SawAll)> EmptyUnseenCollectionsAsync(RemovalScope removal, int limit, CancellationToken cancellationToken)
    {
        var chosen = new List<SegmentRemoval>();
        var emptied = new List<string>();
        var left = limit;
        foreach (var id in await UnseenCollectionsAsync(removal, limit, cancellationToken).ConfigureAwait(false))
        {
            if (left == 0)
            {
                break;
            }
            var options = new FindOptions<BsonDocument>
            {
                Projection = new BsonDocument("ids", Map(Filter("$images", Call("$ne", "$$this.state", nameof(ImageState.Removed))), "$$this.id")),
                Sort = new BsonDocument("from", 1),
            };
            var filter = new BsonDocument { { "collection", id }, { "n", new BsonDocument("$gt", 0) } };
            using var segments = await _records.FindAsync(filter, options, cancellationToken).ConfigureAwait(false);
            while (left > 0 && await segments.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var segment in segments.Current)
                {
                    left -= Choose(chosen, segment, left);
                }
            }
            emptied.Add(id);
        }
        var removed = await RemoveAsync(chosen, emptied, removal.JobId, cancellationToken).ConfigureAwait(false);
        return (removed, left > 0);
    }

    /// <summary>Ids of collections that the job has not seen and that hold images or a failure: as many as the limit may need.</summary>
    private async Task<List<string>> UnseenCollectionsAsync(RemovalScope removal, int limit, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument
            {
                { "ofLibrary", removal.LibraryId },
                { "pathKey", new BsonDocument("$gte", "") },
                { "lastSeen", new BsonDocument("$ne", removal.JobId) },
            }),
            new BsonDocument("$sort", new BsonDocument { { "pathKey", 1 }, { "added", 1 } }),
            new BsonDocument("$project", WithoutLists),
        };
        var unseen = new List<string>();
        var expected = 0L;
        using var cursor = await _records.AggregateAsync(
            PipelineDefinition<BsonDocument, BsonDocument>.Create([.. pipeline, .. LookUpSums, new BsonDocument("$match", Visible)]),
            new AggregateOptions { Hint = RecordIndexes.LibraryPathOrder },
            cancellationToken).ConfigureAwait(false);
        while (expected < limit && await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var collection in cursor.Current.Select(row => ReadOrReport(row, "collection", ReadWithSums)).OfType<Collection>())
            {
                if (expected < limit && removal.Covers(collection.Path))
                {
                    unseen.Add(collection.Id);
                    expected += collection.ImageCount;
                }
            }
        }
        return unseen;
    }

    private static int Choose(List<SegmentRemoval> chosen, BsonDocument segment, int most)
    {
        string[] ids = [.. segment["ids"].AsBsonArray.Take(most).Select(id => id.AsString)];
        if (ids.Length > 0)
        {
            chosen.Add(new SegmentRemoval(segment["_id"].AsString, ids));
        }
        return ids.Length;
    }

    private async Task<int> RemoveAsync(
        List<SegmentRemoval> chosen, List<string> emptied, string jobId, CancellationToken cancellationToken)
    {
        if (chosen.Count == 0 && emptied.Count == 0)
        {
            return 0;
        }
        var now = Now();
        await _writer.SendAsync(
            () =>
            {
                var command = new RecordCommand();
                foreach (var segment in chosen)
                {
                    command.Update(new BsonDocument("_id", segment.Id), SegmentStages.Remove(SegmentStages.IsOneOf(segment.ImageIds), jobId, now));
                    command.Writes(segment.ImageIds.Count);
                }
                if (emptied.Count > 0)
                {
                    command.UpdateMany(
                        new BsonDocument("_id", new BsonDocument("$in", new BsonArray(emptied.Select(DocumentIds.Collection)))),
                        new BsonDocument("$unset", new BsonArray { "failure", "listing" }));
                }
                return Task.FromResult(command);
            },
            cancellationToken).ConfigureAwait(false);
        return chosen.Sum(segment => segment.ImageIds.Count);
    }

    private async Task<long> RemovedAsync(string jobId, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument("removals.job", jobId)),
            new BsonDocument("$project", new BsonDocument("removals", Filter("$removals", Call("$eq", "$$this.job", Literal(jobId))))),
            new BsonDocument("$unwind", "$removals"),
            new BsonDocument("$group", new BsonDocument { { "_id", BsonNull.Value }, { "n", new BsonDocument("$sum", "$removals.n") } }),
        };
        var sums = await AggregateAsync(pipeline, RecordIndexes.Removals, cancellationToken).ConfigureAwait(false);
        return sums is [var sum] ? sum["n"].ToInt64() : 0;
    }

    private sealed record SegmentRemoval(string Id, IReadOnlyList<string> ImageIds);
}
