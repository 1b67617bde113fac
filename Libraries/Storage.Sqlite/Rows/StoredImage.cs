using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>What a change needs to know of a row that it replaces.</summary>
internal sealed record StoredImage(
    long Number, string Id, long CollectionNumber, ImageState State, bool Incomplete, string? ContentHash, string? RemovalCandidateJobId,
    DerivativeSum Derivatives)
{
    private const string Select =
        "SELECT no, id, collection_no, state, incomplete, content_hash, removal_candidate_job, derivatives FROM images ";

    public bool Counted => State != ImageState.Removed;

    public bool Shown => IsShown(State);

    public static bool IsShown(ImageState state) => state is ImageState.Ready or ImageState.Damaged;

    public static StoredImage? Find(SqliteSession session, string id) => session.First(Select + "WHERE id = ?1", Read, id);

    public static List<StoredImage> OfCollection(SqliteSession session, long collection, int limit) =>
        session.Query(Select + "WHERE collection_no = ?1 AND state <> 'Removed' ORDER BY sort_key LIMIT ?2", Read, collection, (long)limit);

    public static List<StoredImage> Through(SqliteSession session, long collection, byte[] sortKey) =>
        session.Query(Select + "WHERE collection_no = ?1 AND sort_key <= ?2", Read, collection, sortKey);

    private static StoredImage Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Enum<ImageState>(3), row.GetInt64(4) != 0, row.Hash(5), row.Text(6),
        DerivativeSum.Of(DerivativeColumn.Read(row.Text(7))));
}
