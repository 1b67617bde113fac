using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private const char ImagesTag = 'i';

    /// <inheritdoc/>
    public Task<ImageRecord?> GetImageAsync(string id, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => session.First(ImageRows.Select + "WHERE i.id = ?1", ImageRows.Read, id), cancellationToken);

    /// <inheritdoc/>
    public Task<Page<ImageRecord>> ListImagesAsync(
        string collectionId, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = Cursor.Decode(page.Cursor, ImagesTag);
        return _readers.RunAsync(
            session => Cursor.Page(
                session.Query(
                    ImageRows.Select + """
                        WHERE i.collection_no = (SELECT no FROM collections WHERE id = ?1) AND i.sort_key > ?2 AND i.state <> 'Removed'
                        ORDER BY i.sort_key LIMIT ?3
                        """,
                    row => ImageRows.Read(row) is var image ? (image, new Cursor(image.SortKey, 0)) : default,
                    collectionId, after?.Key ?? [], page.Limit + 1),
                page.Limit,
                ImagesTag),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ReadRangeAsync(
        string collectionId, byte[]? after, byte[]? through, int limit, CancellationToken cancellationToken = default) =>
        _readers.RunAsync<IReadOnlyList<ImageRecord>>(
            session => session.Query(
                ImageRows.Select + """
                    WHERE i.collection_no = (SELECT no FROM collections WHERE id = ?1) AND i.sort_key > ?2 AND (?3 IS NULL OR i.sort_key <= ?3)
                    ORDER BY i.sort_key LIMIT ?4
                    """,
                ImageRows.Read,
                collectionId, after ?? [], through, limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ListPlannedAsync(
        string jobId, string collectionId, SortKeyRange range, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(range);
        return _readers.RunAsync<IReadOnlyList<ImageRecord>>(
            session => session.Query(
                ImageRows.Select + """
                    WHERE i.collection_no = (SELECT no FROM collections WHERE id = ?1) AND i.sort_key BETWEEN ?2 AND ?3 AND i.planned_by_job = ?4
                    ORDER BY i.sort_key
                    """,
                ImageRows.Read,
                collectionId, range.From, range.Through, jobId),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RecordPlanAsync(PlanRecord plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Writer.RunAsync(
            session =>
            {
                if (LaneNumber(session, plan.JobId, plan.CollectionId, lane: 0) > plan.Page)
                {
                    return false;
                }
                ImageRows.Save(session, plan.Images);
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
                if (LaneNumber(session, batch.JobId, batch.CollectionId, batch.Lane) >= batch.BatchNumber)
                {
                    return false;
                }
                ImageRows.Save(session, batch.Images);
                TakeOver(session, batch);
                SaveFailures(session, batch.JobId, batch.Failures);
                SaveLane(session, batch.JobId, batch.CollectionId, batch.Lane, batch.BatchNumber, batch.Counts);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RecordImageAsync(ImageRecord image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Writer.RunAsync(
            session =>
            {
                var planned = session.First(
                    "SELECT planned_by_job, planned_work FROM images WHERE id = ?1",
                    row => (Job: row.Text(0), Work: row.IsDBNull(1) ? default : row.Enum<PlannedWork>(1)),
                    image.Id);
                ImageRows.Save(session, [image with { PlannedByJobId = planned.Job, PlannedWork = planned.Work }]);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageInCollection>> FindByContentAsync(
        string libraryId, IReadOnlyList<string> contentHashes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contentHashes);
        return _readers.RunAsync<IReadOnlyList<ImageInCollection>>(
            session => [.. contentHashes.SelectMany(hash => session.Query(
                ImageRows.Select + "WHERE i.content_hash = ?1 AND l.id = ?2 AND i.derivatives IS NOT NULL LIMIT 50",
                row => new ImageInCollection(ImageRows.Read(row), row.GetString(27), row.Enum<CollectionKind>(28)),
                hash, libraryId))],
            cancellationToken);
    }

    private static IReadOnlyList<Derivative> ReadDerivatives(string? text) => ImageRows.Derivatives(text);

    // The former images give their derivatives away; one that this job had counted as removed has in truth moved.
    private static void TakeOver(SqliteSession session, BatchRecord batch)
    {
        var givers = batch.MovedFromImageIds
            .Select(id => session.First(ImageRows.Select + "WHERE i.id = ?1", ImageRows.Read, id))
            .OfType<ImageRecord>()
            .Where(giver => giver.Derivatives.Count > 0)
            .ToList();
        foreach (var giver in givers.Where(giver => giver.RemovedByJobId == batch.JobId))
        {
            session.Execute("UPDATE removals SET removed = removed - 1 WHERE job_id = ?1", giver.RemovedByJobId);
        }
        ImageRows.Save(session, [.. givers.Select(giver => giver with
        {
            State = ImageState.Removed,
            Derivatives = [],
            RemovalCandidateJobId = null,
            RemovedByJobId = null,
            PlannedByJobId = null,
        })]);
    }
}
