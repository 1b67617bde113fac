using System.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private const char FailuresTag = 'f';

    /// <inheritdoc/>
    public Task AddFailuresAsync(string jobId, IReadOnlyList<JobFailure> failures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return Writer.RunAsync(
            session =>
            {
                SaveFailures(session, jobId, failures);
                TouchJob(session, jobId);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<JobFailure>> ListFailuresAsync(string jobId, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, FailuresTag);
        return _readers.RunAsync(
            session => PageCursor.Page(
                session.Query(
                    """
                    SELECT collection_id, image_id, path, failure_class, message, at, path_key FROM failures
                    WHERE job_id = ?1 AND path_key > ?2 ORDER BY path_key LIMIT ?3
                    """,
                    row => (
                        new JobFailure(row.Text(0), row.Text(1), row.GetString(2), row.Failure(3)!, row.Time(5)!.Value),
                        new PageCursor(row.GetFieldValue<byte[]>(6), 0)),
                    jobId, after?.Key ?? [], page.Limit + 1),
                page.Limit,
                FailuresTag),
            cancellationToken);
    }

    private static void SaveFailures(SqliteSession session, string jobId, IReadOnlyList<JobFailure> failures)
    {
        foreach (var failure in failures)
        {
            // Two entries of one name in an archive are two images, so the image's id is part of the key.
            byte[] key = [.. NaturalSortKey.Create(failure.Path), .. Encoding.UTF8.GetBytes(failure.ImageId ?? "")];
            session.Execute(
                "INSERT OR REPLACE INTO failures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                jobId, key, failure.Path, failure.CollectionId, failure.ImageId, failure.Failure.Class.ToString(),
                failure.Failure.Message, failure.At.UtcTicks);
        }
    }
}
