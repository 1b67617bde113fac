using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    // Characters of an image's own texts: up to three bytes each, and the path once more in the sort key.
    private const int MostText = 2 << 20;

    /// <inheritdoc/>
    public Task<bool> RecordPlanAsync(PlanRecord plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var lane = new LaneKey(plan.JobId, plan.CollectionId, 0);
        return RunAsync(() => RecordAsync(lane, plan.Page, plan.Page, plan.Counts, plan.Images, [], plan.Failures, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> RecordBatchAsync(BatchRecord batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var lane = new LaneKey(batch.JobId, batch.CollectionId, batch.Lane);
        return RunAsync(() => RecordAsync(
            lane, batch.BatchNumber, batch.BatchNumber - 1, batch.Counts, batch.Images, batch.MovedFromImageIds, batch.Failures, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> RecordImageAsync(ImageRecord read, ImageRecord image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(image);
        return RunAsync(async () =>
        {
            var kinds = await _kinds.GetAsync(image.LibraryId, cancellationToken).ConfigureAwait(false);
            var incomplete = (image with { PlannedByJobId = null }).IsIncomplete(kinds);
            var write = new ImageWrite
            {
                CollectionId = image.CollectionId,
                LibraryId = image.LibraryId,
                Images = [ImageDocument.Write(image, incomplete)],
                SplitsFirst = true,
                Guard = command => command.Upsert(CollectionFilter(image.CollectionId), LaneStages.RefuseGone),
                Stages = (segment, _) => SegmentStages.ReplaceKeepingPlans(segment, read, image, incomplete),
            };
            var refusal = await _writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            if (refusal == Refusal.Stale)
            {
                // Or it lies in a segment that another process has made by a split.
                _maps.Forget(image.CollectionId);
                refusal = await _writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            }
            return refusal == Refusal.None;
        });
    }

    private static BsonDocument CollectionFilter(string collectionId) => new("_id", DocumentIds.Collection(collectionId));

    /// <summary>
    /// Records images, failures and a lane's counts by one command. The statement that notes the lane's number comes last: until
    /// then a repeat is let through, and writes the same again.
    /// </summary>
    private async Task<bool> RecordAsync(
        LaneKey lane, long number, long greatestFormer, ScanCounts counts, IReadOnlyList<ImageRecord> images, IReadOnlyList<string> givers,
        IReadOnlyList<JobFailure> failures, CancellationToken cancellationToken)
    {
        RefuseUnfit(lane.CollectionId, images);
        var libraryId = images.Count > 0 ? images[0].LibraryId : "";
        string[] kinds = images.Count > 0 ? await _kinds.GetAsync(libraryId, cancellationToken).ConfigureAwait(false) : [];
        var now = Now();
        var refusal = await _writer.WriteAsync(
            new ImageWrite
            {
                CollectionId = lane.CollectionId,
                LibraryId = libraryId,
                Images = Documents(images, kinds),
                Guard = command => command.Upsert(
                    CollectionFilter(lane.CollectionId), LaneStages.RefuseGone, LaneStages.RefuseOlder(lane, greatestFormer)),
                Stages = (segment, part) => SegmentStages.Put(segment, libraryId, part),
                Finish = command =>
                {
                    if (givers.Count > 0)
                    {
                        command.UpdateMany(
                            new BsonDocument("ids", new BsonDocument("$in", new BsonArray(givers))),
                            SegmentStages.GiveAway(givers, lane.JobId, now));
                    }
                    foreach (var failure in failures)
                    {
                        command.Replace(FailureDocument.Write(lane.JobId, failure));
                    }
                    command.Update(JobDocument.OpenFilter(lane.JobId), LaneStages.Count(lane, number, counts), JobDocument.Touch(now));
                    command.Update(CollectionFilter(lane.CollectionId), LaneStages.Mark(lane, number));
                },
            },
            cancellationToken).ConfigureAwait(false);
        return refusal == Refusal.None;
    }

    private static IReadOnlyList<BsonDocument> Documents(IReadOnlyList<ImageRecord> images, string[] kinds) =>
    [
        .. images.Select(image => ImageDocument.Write(image, image.IsIncomplete(kinds)))
            .OrderBy(image => image["key"].AsString, StringComparer.Ordinal),
    ];

    private static void RefuseUnfit(string collectionId, IReadOnlyList<ImageRecord> images)
    {
        var keys = new HashSet<string>(images.Count, StringComparer.Ordinal);
        foreach (var image in images)
        {
            if (image.CollectionId != collectionId)
            {
                throw new ArgumentException($"The image '{image.Id}' is not of the collection '{collectionId}'.", nameof(images));
            }
            if (image.Path.Length + (image.Failure?.Message.Length ?? 0) > MostText)
            {
                throw new StoreException($"The record of an image in '{collectionId}' would exceed the 16 MB that MongoDB allows for a document.");
            }
            if (!keys.Add(ImageDocument.Key(image.SortKey)))
            {
                throw new StoreException($"Two images have the sort key of '{image.Path}'.");
            }
        }
    }
}
