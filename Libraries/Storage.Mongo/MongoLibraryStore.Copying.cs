using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore : ICopyableStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Collection>> ListAllCollectionsAsync(
        string libraryId, string? afterId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return RunAsync<IReadOnlyList<Collection>>(async () =>
        {
            var added = new BsonDocument("$gte", 0);
            if (afterId is not null)
            {
                var after = await CollectionDocumentsAsync([afterId], cancellationToken).ConfigureAwait(false);
                added.Add("$gt", after.TryGetValue(afterId, out var document) ? new Fields(document).LongOrZero("added") : -1);
            }
            var rows = await AggregateAsync(
                [
                    new BsonDocument("$match", new BsonDocument { { "ofLibrary", libraryId }, { "added", added } }),
                    new BsonDocument("$sort", new BsonDocument("added", 1)),
                    new BsonDocument("$limit", limit),
                    new BsonDocument("$project", WithoutLists),
                    .. LookUpSums,
                ],
                RecordIndexes.LibraryAddedOrder,
                cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(ReadForCopy)];
        });
    }

    // A copy must be whole, so here nothing is left out.
    private static Collection ReadForCopy(BsonDocument row)
    {
        try
        {
            return ReadWithSums(row);
        }
        catch (UnfitRecordException e)
        {
            throw new StoreException($"The collection document {row["_id"]} does not fit and cannot be copied: {e.Message}.", e);
        }
    }

    /// <inheritdoc/>
    public Task ImportImagesAsync(string collectionId, IReadOnlyList<ImageRecord> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0)
        {
            return Task.CompletedTask;
        }
        RefuseUnfit(collectionId, images);
        return RunAsync(async () =>
        {
            var libraryId = images[0].LibraryId;
            var kinds = await _kinds.GetAsync(libraryId, cancellationToken).ConfigureAwait(false);
            var refusal = await _writer.WriteAsync(
                new ImageWrite
                {
                    CollectionId = collectionId,
                    LibraryId = libraryId,
                    Images = Documents(images, kinds),
                    Guard = command => command.Upsert(CollectionFilter(collectionId), LaneStages.RefuseGone),
                    Stages = (segment, part) => SegmentStages.Put(segment, libraryId, part),
                },
                cancellationToken).ConfigureAwait(false);
            return refusal == Refusal.Gone ? throw new StoreException($"There is no collection '{collectionId}'.") : true;
        });
    }
}
