using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    /// <inheritdoc/>
    public Task<RemovalStep> ApplyRemovalsAsync(RemovalScope removal, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removal);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Writer.RunAsync(
            session =>
            {
                var changes = new ImageChanges(session);
                var left = limit - RemoveCandidates(session, changes, removal, limit);
                var sawAll = true;
                if (left > 0 && removal.UnseenCollections)
                {
                    (var removed, sawAll) = EmptyUnseenCollections(session, changes, removal, left);
                    left -= removed;
                }
                Finish(changes);
                if (left < limit)
                {
                    session.Execute(
                        "INSERT INTO removals VALUES (?1, ?2) ON CONFLICT (job_id) DO UPDATE SET removed = removed + excluded.removed",
                        removal.JobId, (long)(limit - left));
                }
                return new RemovalStep(session.Number("SELECT removed FROM removals WHERE job_id = ?1", removal.JobId), left > 0 && sawAll);
            },
            cancellationToken);
    }

    private int RemoveCandidates(SqliteSession session, ImageChanges changes, RemovalScope removal, int limit)
    {
        var candidates = new List<string>();
        session.Visit(
            """
            SELECT i.id, c.path FROM images i JOIN collections c ON c.no = i.collection_no
            WHERE i.removal_candidate_job = ?1 AND i.state <> 'Removed' AND c.library_no = (SELECT no FROM libraries WHERE id = ?2)
            """,
            row =>
            {
                if (removal.Covers(row.GetString(1)))
                {
                    candidates.Add(row.GetString(0));
                }
                return candidates.Count < limit;
            },
            removal.JobId, removal.LibraryId);
        foreach (var id in candidates)
        {
            changes.Remove(StoredImage.Find(session, id)!, removal.JobId, Now());
        }
        return candidates.Count;
    }

    /// <summary>
    /// Removes the images of collections that are gone, up to the limit, and forgets why such a collection had failed. The rows'
    /// counts do not know yet which candidates this very call has removed, so that more may be left although the limit was not reached.
    /// </summary>
    private (int Removed, bool SawAll) EmptyUnseenCollections(SqliteSession session, ImageChanges changes, RemovalScope removal, int limit)
    {
        var unseen = new List<long>();
        var expected = 0L;
        var sawAll = true;
        session.Visit(
            """
            SELECT no, path, image_count FROM collections
            WHERE library_no = (SELECT no FROM libraries WHERE id = ?1) AND last_seen_job IS NOT ?2
              AND (image_count > 0 OR failure_class IS NOT NULL)
            """,
            row =>
            {
                if (removal.Covers(row.GetString(1)))
                {
                    unseen.Add(row.GetInt64(0));
                    expected += row.GetInt64(2);
                }
                return sawAll = expected < limit;
            },
            removal.LibraryId, removal.JobId);
        var removed = 0;
        foreach (var collection in unseen.TakeWhile(_ => removed < limit))
        {
            var images = StoredImage.OfCollection(session, collection, limit - removed);
            foreach (var image in images)
            {
                changes.Remove(image, removal.JobId, Now());
            }
            removed += images.Count;
            session.Execute(
                "UPDATE collections SET failure_class = NULL, failure_message = NULL, listing_fingerprint = NULL WHERE no = ?1", collection);
        }
        return (removed, sawAll);
    }
}
