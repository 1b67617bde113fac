using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Collection>> ListRemainingCollectionsAsync(
        string libraryId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return RunAsync<IReadOnlyList<Collection>>(async () =>
        {
            var match = new BsonDocument { { "ofLibrary", libraryId }, { "pathKey", new BsonDocument("$gte", "") } };
            var rows = await AggregateAsync(
                [new BsonDocument("$match", match), new BsonDocument("$limit", limit), new BsonDocument("$project", WithoutLists), .. LookUpSums],
                RecordIndexes.LibraryPathOrder,
                cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(ReadWithSums)];
        });
    }

    /// <inheritdoc/>
    public Task RemoveImagesAsync(string collectionId, byte[] through, CancellationToken cancellationToken = default)
    {
        var key = ImageDocument.Key(through);
        var ids = new BsonDocument { { "$gte", DocumentIds.Segments(collectionId).From }, { "$lte", DocumentIds.Segment(collectionId, key) } };
        return RunAsync(() => _writer.SendAsync(
            () =>
            {
                var command = new RecordCommand();
                command.UpdateMany(new BsonDocument("_id", ids), SegmentStages.Cut(key));
                return Task.FromResult(command);
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> RemoveCollectionAsync(string id, CancellationToken cancellationToken = default) => RunAsync(async () =>
    {
        if (await _records.Find(new BsonDocument { { "collection", id }, { "count", new BsonDocument("$gt", 0) } }).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }
        // The collection first: without it nothing is written to its segments any more.
        await _records.BulkWriteAsync(
            [
                new DeleteOneModel<BsonDocument>(CollectionFilter(id)),
                new DeleteManyModel<BsonDocument>(new BsonDocument("collection", id)),
            ],
            cancellationToken: cancellationToken).ConfigureAwait(false);
        _maps.Forget(id);
        return true;
    });

    /// <inheritdoc/>
    public Task<bool> RemoveLibraryAsync(string id, CancellationToken cancellationToken = default) => RunAsync(async () =>
    {
        var held = _records.Find(
            new BsonDocument { { "ofLibrary", id }, { "pathKey", new BsonDocument("$gte", "") } }, new FindOptions { Hint = RecordIndexes.LibraryPathOrder });
        if (await held.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }
        await ChangeLibrariesAsync(
            libraries =>
            {
                var index = Find(libraries, id);
                if (index is { } known)
                {
                    libraries.RemoveAt(known);
                }
                return Task.FromResult(index is not null);
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    });
}
