using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Maps images to rows.</summary>
internal static class ImageRows
{
    public const string Select = """
        SELECT i.id, c.id, l.id, i.sort_key, i.path, i.occurrence, i.source_size, i.source_modified, i.content_hash, i.generation,
               i.generation_job, i.state, i.width, i.height, i.format, i.orientation, i.animated, i.quality, i.thumbhash,
               i.failure_class, i.failure_message, i.planned_by_job, i.planned_work, i.removal_candidate_job, i.removed_by_job,
               i.removed_at, i.derivatives, c.path, c.kind, i.profile, i.camera, i.taken_at
        FROM images i JOIN collections c ON c.no = i.collection_no JOIN libraries l ON l.no = c.library_no

        """;

    private const string Insert = """
        INSERT INTO images (id, collection_no, sort_key, path, occurrence, content_hash, state, incomplete, source_size, source_modified,
            generation, generation_job, width, height, format, orientation, animated, quality, thumbhash, failure_class, failure_message,
            planned_by_job, planned_work, removal_candidate_job, removed_by_job, removed_at, derivatives, profile, camera, taken_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27,
            ?28, ?29, ?30)
        """;

    // SQLite writes an index again whenever its column is assigned, so the indexed ones are left out.
    private const string Update = """
        UPDATE images SET state = ?2, incomplete = ?3, source_size = ?4, source_modified = ?5, generation = ?6, generation_job = ?7,
            width = ?8, height = ?9, format = ?10, orientation = ?11, animated = ?12, quality = ?13, thumbhash = ?14,
            failure_class = ?15, failure_message = ?16, planned_by_job = ?17, planned_work = ?18, removed_by_job = ?19,
            removed_at = ?20, derivatives = ?21, profile = ?22, camera = ?23, taken_at = ?24
        WHERE no = ?1
        """;

    public static ImageRecord Read(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        CollectionId = row.GetString(1),
        LibraryId = row.GetString(2),
        SortKey = row.GetFieldValue<byte[]>(3),
        Path = row.GetString(4),
        Occurrence = row.GetInt32(5),
        SourceSize = row.GetInt64(6),
        SourceModified = row.GetInt64(7),
        ContentHash = row.Hash(8),
        Generation = row.GetInt32(9),
        GenerationJobId = row.Text(10),
        State = row.Enum<ImageState>(11),
        Facts = row.IsDBNull(12) ? null : new SourceFacts
        {
            Width = row.GetInt32(12),
            Height = row.GetInt32(13),
            Format = row.GetString(14),
            Orientation = row.GetInt32(15),
            Animated = row.GetInt64(16) != 0,
            Quality = (int?)row.Integer(17),
            Profile = row.Text(29),
            Camera = row.Text(30),
            TakenAt = row.Integer(31) is { } ticks ? new DateTime(ticks) : null,
        },
        Thumbhash = row.Bytes(18),
        Failure = row.Failure(19),
        PlannedByJobId = row.Text(21),
        PlannedWork = row.IsDBNull(22) ? default : row.Enum<PlannedWork>(22),
        RemovalCandidateJobId = row.Text(23),
        RemovedByJobId = row.Text(24),
        RemovedAt = row.Time(25),
        Derivatives = DerivativeColumn.Read(row.Text(26)),
    };

    public static void Add(SqliteSession session, long collection, ImageRecord image, bool incomplete) => session.Execute(
        Insert,
        image.Id, collection, image.SortKey, image.Path, (long)image.Occurrence, ContentHash.ToColumn(image.ContentHash),
        image.State.ToString(), incomplete ? 1L : 0L, image.SourceSize, image.SourceModified, (long)image.Generation, image.GenerationJobId,
        (long?)image.Facts?.Width, (long?)image.Facts?.Height, image.Facts?.Format, (long?)image.Facts?.Orientation,
        Animated(image), (long?)image.Facts?.Quality, image.Thumbhash, image.Failure?.Class.ToString(), image.Failure?.Message,
        image.PlannedByJobId, Planned(image), image.RemovalCandidateJobId, image.RemovedByJobId, image.RemovedAt?.UtcTicks,
        DerivativeColumn.Write(image.Derivatives), image.Facts?.Profile, image.Facts?.Camera, image.Facts?.TakenAt?.Ticks);

    public static void Replace(SqliteSession session, StoredImage stored, ImageRecord image, bool incomplete)
    {
        session.Execute(
            Update,
            stored.Number, image.State.ToString(), incomplete ? 1L : 0L, image.SourceSize, image.SourceModified, (long)image.Generation,
            image.GenerationJobId, (long?)image.Facts?.Width, (long?)image.Facts?.Height, image.Facts?.Format,
            (long?)image.Facts?.Orientation, Animated(image), (long?)image.Facts?.Quality, image.Thumbhash,
            image.Failure?.Class.ToString(), image.Failure?.Message, image.PlannedByJobId, Planned(image), image.RemovedByJobId,
            image.RemovedAt?.UtcTicks, DerivativeColumn.Write(image.Derivatives), image.Facts?.Profile, image.Facts?.Camera,
            image.Facts?.TakenAt?.Ticks);
        if (stored.ContentHash != image.ContentHash)
        {
            session.Execute("UPDATE images SET content_hash = ?2 WHERE no = ?1", stored.Number, ContentHash.ToColumn(image.ContentHash));
        }
        if (stored.RemovalCandidateJobId != image.RemovalCandidateJobId)
        {
            session.Execute("UPDATE images SET removal_candidate_job = ?2 WHERE no = ?1", stored.Number, image.RemovalCandidateJobId);
        }
    }

    private static long? Animated(ImageRecord image) => image.Facts is { } facts ? facts.Animated ? 1 : 0 : null;

    private static string? Planned(ImageRecord image) => image.PlannedByJobId is null ? null : image.PlannedWork.ToString();
}
