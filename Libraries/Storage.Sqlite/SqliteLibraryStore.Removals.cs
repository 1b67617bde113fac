using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    /// <inheritdoc/>
    public Task<RemovalStep> ApplyRemovalsAsync(RemovalScope removal, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removal);
        return Writer.RunAsync(
            session =>
            {
                var images = session.Query(
                    ImageRows.Select + "WHERE i.removal_candidate_job = ?1 AND i.state <> 'Removed' LIMIT ?2",
                    ImageRows.Read,
                    removal.JobId, limit);
                var done = images.Count < limit;
                if (done && removal.UnseenCollections)
                {
                    done = AddUnseen(session, removal, limit, images);
                }
                var now = new DateTimeOffset(Now(), TimeSpan.Zero);
                ImageRows.Save(session, [.. images.Select(image => image with
                {
                    State = ImageState.Removed,
                    RemovedByJobId = removal.JobId,
                    RemovedAt = now,
                    RemovalCandidateJobId = null,
                    PlannedByJobId = null,
                })]);
                session.Execute(
                    "INSERT INTO removals VALUES (?1, ?2) ON CONFLICT (job_id) DO UPDATE SET removed = removed + excluded.removed",
                    removal.JobId, (long)images.Count);
                return new RemovalStep(session.Number("SELECT removed FROM removals WHERE job_id = ?1", removal.JobId), done);
            },
            cancellationToken);
    }

    /// <summary>Adds the images of collections that are gone, up to the limit; answers whether that was all.</summary>
    private static bool AddUnseen(SqliteSession session, RemovalScope removal, int limit, List<ImageRecord> images)
    {
        var unseen = session.Query(
            """
            SELECT c.no, c.path FROM collections c JOIN libraries l ON l.no = c.library_no
            WHERE l.id = ?1 AND c.last_seen_job IS NOT ?2 AND (c.image_count > 0 OR c.failure_class IS NOT NULL)
            """,
            row => (Number: row.GetInt64(0), Path: row.GetString(1)),
            removal.LibraryId, removal.JobId);
        foreach (var (number, _) in unseen.Where(collection => InScope(removal, collection.Path)))
        {
            if (images.Count >= limit)
            {
                return false;
            }
            var room = limit - images.Count;
            var found = session.Query(
                ImageRows.Select + "WHERE i.collection_no = ?1 AND i.state <> 'Removed' LIMIT ?2", ImageRows.Read, number, room);
            images.AddRange(found);
            if (found.Count < room)
            {
                session.Execute(
                    "UPDATE collections SET failure_class = NULL, failure_message = NULL, listing_fingerprint = NULL WHERE no = ?1", number);
            }
        }
        return images.Count < limit;
    }

    private static bool InScope(RemovalScope removal, string path) =>
        Beneath(path, removal.ScopePath) && !removal.ProtectedPaths.Any(kept => Beneath(path, kept));

    private static bool Beneath(string path, string folder) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
