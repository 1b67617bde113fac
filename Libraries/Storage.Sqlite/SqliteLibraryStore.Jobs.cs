using System.Globalization;
using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private const char JobsTag = 'j';

    private const string SelectJob = """
        SELECT id, workflow_id, type, state, waiting_reason, waiting_until, waiting_detail, library_id, collection_id, options,
               started_at, updated_at, ended_at, stage, current_folder, collections_total, collections_done, collections_skipped,
               images, error, no, position
        FROM jobs

        """;

    /// <inheritdoc/>
    public Task AddJobAsync(Job job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return Writer.RunAsync(
            session => session.Number("SELECT count(*) FROM jobs WHERE id = ?1", job.Id) == 0 && InsertJob(session, job),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Job?> GetJobAsync(string id, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => FirstJob(session, "WHERE id = ?1", id), cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> GetNewestJobAsync(string workflowId, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(
            session => FirstJob(session, "WHERE workflow_id = ?1 ORDER BY started_at DESC, no DESC LIMIT 1", workflowId), cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Job>> ListJobsAsync(JobQuery query, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, JobsTag);
        return _readers.RunAsync(
            session => PageCursor.Page(
                [.. session.Query(
                    SelectJob + """
                        WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR type = ?2) AND (?3 IS NULL OR library_id = ?3)
                          AND (?4 IS NULL OR ended = ?4) AND (?5 IS NULL OR no < ?5)
                        ORDER BY no DESC LIMIT ?6
                        """,
                    row => (Job: ReadJob(row), Number: row.GetInt64(20)),
                    query.State?.ToString(), query.Type?.ToString(), query.LibraryId,
                    query.Open is { } open ? (open ? 0L : 1L) : null, after?.Number, page.Limit + 1)
                    .Select(row => (WithOpenCollections(session, row.Job), new PageCursor([], row.Number)))],
                page.Limit,
                JobsTag),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobChanges> ListJobChangesAsync(string? position, CancellationToken cancellationToken = default)
    {
        long after = -1;
        if (position is not null && !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            throw new InvalidCursorException();
        }
        return _readers.RunAsync(
            session =>
            {
                var present = session.Number("SELECT value FROM meta WHERE key = 'position'");
                if (after > present)
                {
                    throw new InvalidCursorException();
                }
                var jobs = session.Query(
                    SelectJob + (position is null ? "WHERE ended = 0 ORDER BY started_at" : "WHERE position > ?1 ORDER BY position"),
                    ReadJob,
                    position is null ? [] : [after]);
                return new JobChanges(
                    [.. jobs.Select(job => WithOpenCollections(session, job))], present.ToString(CultureInfo.InvariantCulture));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> UpdateJobAsync(string id, JobChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Writer.RunAsync(
            session =>
            {
                var job = session.First(SelectJob + "WHERE id = ?1", ReadJob, id);
                if (job is null || job.Ended || change.OnlyFrom?.Contains(job.State) == false)
                {
                    return false;
                }
                var state = change.State ?? job.State;
                var waiting = state == JobState.Waiting ? change.Waiting ?? job.Waiting : null;
                var next = job with { State = state };
                TouchJob(session, id);
                session.Execute(
                    """
                    UPDATE jobs SET state = ?2, ended = ?3, waiting_reason = ?4, waiting_until = ?5, waiting_detail = ?6, stage = ?7,
                        current_folder = ?8, ended_at = ?9, error = ?10 WHERE id = ?1
                    """,
                    id, state.ToString(), next.Ended ? 1L : 0L, waiting?.Reason.ToString(), waiting?.Until?.UtcTicks, waiting?.Detail,
                    (change.Stage ?? job.Stage).ToString(), next.Ended ? null : change.CurrentFolder ?? job.CurrentFolder,
                    next.Ended ? change.EndedAt?.UtcTicks ?? Now() : null, change.Error ?? job.Error);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> FoldCollectionsAsync(CollectionFold fold, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fold);
        return Writer.RunAsync(
            session =>
            {
                var folded = session.Execute(
                    """
                    UPDATE jobs SET fold_sequence = ?2, collections_total = ?3, collections_done = ?4, collections_skipped = ?5, images = ?6
                    WHERE id = ?1 AND ended = 0 AND (fold_sequence IS NULL OR fold_sequence <= ?2)
                    """,
                    fold.JobId, fold.Sequence, fold.Collections.Total, fold.Collections.Done, fold.Collections.Skipped,
                    RowReading.Text(fold.Images)) == 1;
                if (folded)
                {
                    foreach (var collection in fold.EndedCollectionIds)
                    {
                        // The number stays: a late repeat of an old batch must not count again.
                        session.Execute("UPDATE lanes SET counts = NULL WHERE job_id = ?1 AND collection_id = ?2", fold.JobId, collection);
                    }
                    TouchJob(session, fold.JobId);
                }
                return folded;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LaneProgress?> GetLaneAsync(
        string jobId, string collectionId, int lane, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(
            session => session.First(
                "SELECT batch_number, counts FROM lanes WHERE job_id = ?1 AND collection_id = ?2 AND lane = ?3",
                row => new LaneProgress(row.GetInt64(0), row.IsDBNull(1) ? new ScanCounts() : row.Counts(1)),
                jobId, collectionId, lane),
            cancellationToken);

    private static Job? FirstJob(SqliteSession session, string where, string value) =>
        session.First(SelectJob + where, ReadJob, value) is { } job ? WithOpenCollections(session, job) : null;

    // Without the hint the planner reads the lanes of every folded collection as well.
    private static Job WithOpenCollections(SqliteSession session, Job job)
    {
        var lanes = session.Query(
            "SELECT counts, collection_id FROM lanes INDEXED BY lanes_open WHERE job_id = ?1 AND counts IS NOT NULL",
            row => (Counts: row.Counts(0), Collection: row.GetString(1)),
            job.Id);
        return job with
        {
            OpenCollections = lanes.Select(lane => lane.Collection).Distinct().Count(),
            Images = lanes.Select(lane => lane.Counts).Aggregate(job.Images, ScanCounts.Add),
        };
    }

    private static long LaneNumber(SqliteSession session, string jobId, string collectionId, int lane) => session.Number(
        "SELECT batch_number FROM lanes WHERE job_id = ?1 AND collection_id = ?2 AND lane = ?3", jobId, collectionId, lane);

    // An ended job's counts stay what they were, whatever a straggler still records.
    private void SaveLane(SqliteSession session, string jobId, string collectionId, int lane, long number, ScanCounts counts)
    {
        var ended = session.Number("SELECT ended FROM jobs WHERE id = ?1", jobId) != 0;
        session.Execute(
            """
            INSERT INTO lanes VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (job_id, collection_id, lane) DO UPDATE SET batch_number = excluded.batch_number,
                counts = CASE WHEN ?6 THEN lanes.counts ELSE excluded.counts END
            """,
            jobId, collectionId, (long)lane, number, ended ? null : RowReading.Text(counts), ended ? 1L : 0L);
        TouchJob(session, jobId);
    }

    private void TouchJob(SqliteSession session, string id) => session.Execute(
        "UPDATE jobs SET position = ?2, updated_at = ?3 WHERE id = ?1 AND ended = 0", id, NextPosition(session), Now());

    private static long NextPosition(SqliteSession session) =>
        session.Number("UPDATE meta SET value = value + 1 WHERE key = 'position' RETURNING value");

    private bool InsertJob(SqliteSession session, Job job)
    {
        session.Execute(
            """
            INSERT INTO jobs (id, workflow_id, type, state, ended, position, whole_library, waiting_reason, waiting_until, waiting_detail,
                library_id, collection_id, options, started_at, updated_at, ended_at, stage, current_folder,
                collections_total, collections_done, collections_skipped, images, error)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
            """,
            job.Id, job.WorkflowId, job.Type.ToString(), job.State.ToString(), job.Ended ? 1L : 0L, NextPosition(session),
            job.ScansWholeLibrary() ? 1L : 0L,
            job.Waiting?.Reason.ToString(), job.Waiting?.Until?.UtcTicks, job.Waiting?.Detail, job.LibraryId, job.CollectionId,
            job.Options, job.StartedAt.UtcTicks, job.UpdatedAt == default ? Now() : job.UpdatedAt.UtcTicks, job.EndedAt?.UtcTicks, job.Stage.ToString(), job.CurrentFolder,
            job.Collections.Total, job.Collections.Done, job.Collections.Skipped, RowReading.Text(job.Images), job.Error);
        return true;
    }

    private static Job ReadJob(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        WorkflowId = row.GetString(1),
        Type = row.Enum<JobType>(2),
        State = row.Enum<JobState>(3),
        Waiting = row.IsDBNull(4) ? null : new JobWaiting(row.Enum<WaitingReason>(4), row.Time(5), row.GetString(6)),
        LibraryId = row.Text(7),
        CollectionId = row.Text(8),
        Options = row.GetString(9),
        StartedAt = row.Time(10)!.Value,
        UpdatedAt = row.Time(11)!.Value,
        EndedAt = row.Time(12),
        Stage = row.Enum<JobStage>(13),
        CurrentFolder = row.Text(14),
        Collections = new CollectionCounts(row.GetInt64(15), row.GetInt64(16), row.GetInt64(17)),
        Images = row.Counts(18),
        Error = row.Text(19),
    };
}
