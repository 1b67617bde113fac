using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private long _imageWrites;

    /// <summary>Image rows written since the start; an unchanged rescan writes none.</summary>
    public long ImageWrites => Interlocked.Read(ref _imageWrites);

    /// <inheritdoc/>
    public Task<bool> RecordPlanAsync(PlanRecord plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Writer.RunAsync(
            session =>
            {
                var changes = new ImageChanges(session);
                if (LaneNumber(session, plan.JobId, plan.CollectionId, lane: 0) > plan.Page || !changes.Knows(plan.CollectionId))
                {
                    return false;
                }
                Save(changes, plan.CollectionId, plan.Images);
                Finish(changes);
                SaveFailures(session, plan.JobId, plan.Failures);
                SaveLane(session, plan.JobId, plan.CollectionId, lane: 0, plan.Page, plan.Counts);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RecordBatchAsync(BatchRecord batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Writer.RunAsync(
            session =>
            {
                var changes = new ImageChanges(session);
                if (LaneNumber(session, batch.JobId, batch.CollectionId, batch.Lane) >= batch.BatchNumber || !changes.Knows(batch.CollectionId))
                {
                    return false;
                }
                Save(changes, batch.CollectionId, batch.Images);
                TakeOver(session, changes, batch);
                Finish(changes);
                SaveFailures(session, batch.JobId, batch.Failures);
                SaveLane(session, batch.JobId, batch.CollectionId, batch.Lane, batch.BatchNumber, batch.Counts);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RecordImageAsync(ImageRecord read, ImageRecord image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(image);
        return Writer.RunAsync(
            session =>
            {
                var now = session.First(ImageRows.Select + "WHERE i.id = ?1", ImageRows.Read, image.Id);
                if (now is null || !(now.HasSameFiles(read) || now.HasSameFiles(image)))
                {
                    return false;
                }
                var changes = new ImageChanges(session);
                changes.Put(image with
                {
                    PlannedByJobId = now.PlannedByJobId,
                    PlannedWork = now.PlannedWork,
                    RemovalCandidateJobId = now.RemovalCandidateJobId,
                });
                Finish(changes);
                return true;
            },
            cancellationToken);
    }

    private static void Save(ImageChanges changes, string collectionId, IReadOnlyList<ImageRecord> images)
    {
        foreach (var image in images)
        {
            if (image.CollectionId != collectionId)
            {
                throw new ArgumentException($"The image '{image.Id}' is not of the collection '{collectionId}'.", nameof(images));
            }
            changes.Put(image);
        }
    }

    // The former images give their derivatives away; one that this job had counted as removed has in truth moved. The files keep
    // their names, so what comes to the old place must be rendered under others.
    private void TakeOver(SqliteSession session, ImageChanges changes, BatchRecord batch)
    {
        foreach (var id in batch.MovedFromImageIds)
        {
            if (session.First(ImageRows.Select + "WHERE i.id = ?1", ImageRows.Read, id) is not { Derivatives.Count: > 0 } giver)
            {
                continue;
            }
            if (giver.RemovedByJobId == batch.JobId)
            {
                session.Execute("UPDATE removals SET removed = removed - 1 WHERE job_id = ?1", batch.JobId);
            }
            changes.Put(giver with
            {
                State = ImageState.Removed,
                Generation = giver.Generation + 1,
                Derivatives = [],
                Thumbhash = null,
                PlannedByJobId = null,
                RemovalCandidateJobId = null,
                RemovedByJobId = giver.RemovedByJobId ?? batch.JobId,
                RemovedAt = giver.RemovedAt ?? new DateTimeOffset(Now(), TimeSpan.Zero),
            });
        }
    }

    private void Finish(ImageChanges changes)
    {
        changes.Apply();
        Interlocked.Add(ref _imageWrites, changes.Written);
    }
}
