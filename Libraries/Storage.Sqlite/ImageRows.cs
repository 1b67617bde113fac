using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Maps images to rows, and keeps their collections' and libraries' counts and covers in step.</summary>
internal static class ImageRows
{
    public const string Select = """
        SELECT i.id, c.id, l.id, i.sort_key, i.path, i.occurrence, i.source_size, i.source_modified, i.content_hash, i.generation,
               i.generation_job, i.state, i.width, i.height, i.format, i.orientation, i.animated, i.quality, i.thumbhash,
               i.failure_class, i.failure_message, i.planned_by_job, i.planned_work, i.removal_candidate_job, i.removed_by_job,
               i.removed_at, i.derivatives, c.path, c.kind
        FROM images i JOIN collections c ON c.no = i.collection_no JOIN libraries l ON l.no = c.library_no

        """;

    private const string Upsert = """
        INSERT INTO images (id, collection_no, sort_key, state, incomplete, path, occurrence, source_size, source_modified, content_hash,
            generation, generation_job, width, height, format, orientation, animated, quality, thumbhash, failure_class, failure_message,
            planned_by_job, planned_work, removal_candidate_job, removed_by_job, removed_at, derivatives)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, incomplete = excluded.incomplete, source_size = excluded.source_size,
            source_modified = excluded.source_modified, content_hash = excluded.content_hash, generation = excluded.generation,
            generation_job = excluded.generation_job, width = excluded.width, height = excluded.height, format = excluded.format,
            orientation = excluded.orientation, animated = excluded.animated, quality = excluded.quality,
            thumbhash = excluded.thumbhash, failure_class = excluded.failure_class, failure_message = excluded.failure_message,
            planned_by_job = excluded.planned_by_job, planned_work = excluded.planned_work,
            removal_candidate_job = excluded.removal_candidate_job, removed_by_job = excluded.removed_by_job,
            removed_at = excluded.removed_at, derivatives = excluded.derivatives
        """;

    /// <summary>Writes images of any collections; counts follow.</summary>
    public static void Save(SqliteSession session, IReadOnlyList<ImageRecord> images)
    {
        foreach (var collection in images.GroupBy(image => image.CollectionId))
        {
            var number = session.Number("SELECT no FROM collections WHERE id = ?1", collection.Key);
            if (number == 0)
            {
                throw new StoreException($"There is no collection '{collection.Key}'.");
            }
            var delta = new Counts();
            foreach (var image in collection)
            {
                delta.Subtract(session, image.Id);
                delta.Add(image);
                Write(session, number, image);
            }
            delta.Apply(session, number);
        }
    }

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
        ContentHash = row.Text(8),
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
        },
        Thumbhash = row.Bytes(18),
        Failure = row.Failure(19),
        PlannedByJobId = row.Text(21),
        PlannedWork = row.IsDBNull(22) ? default : row.Enum<PlannedWork>(22),
        RemovalCandidateJobId = row.Text(23),
        RemovedByJobId = row.Text(24),
        RemovedAt = row.Time(25),
        Derivatives = Derivatives(row.Text(26)),
    };

    /// <summary>The derivatives of a row's column.</summary>
    public static IReadOnlyList<Derivative> Derivatives(string? text) =>
        text is null ? [] : RowReading.Parse<Derivative[]>(text);

    private static void Write(SqliteSession session, long collection, ImageRecord image) => session.Execute(
        Upsert,
        image.Id, collection, image.SortKey, image.State.ToString(), Incomplete(image) ? 1L : 0L, image.Path, (long)image.Occurrence,
        image.SourceSize, image.SourceModified, image.ContentHash, (long)image.Generation, image.GenerationJobId,
        (long?)image.Facts?.Width, (long?)image.Facts?.Height, image.Facts?.Format, (long?)image.Facts?.Orientation,
        image.Facts is null ? null : image.Facts.Animated ? 1L : 0L, (long?)image.Facts?.Quality, image.Thumbhash,
        image.Failure?.Class.ToString(), image.Failure?.Message, image.PlannedByJobId,
        image.PlannedByJobId is null ? null : image.PlannedWork.ToString(), image.RemovalCandidateJobId, image.RemovedByJobId,
        image.RemovedAt?.UtcTicks, image.Derivatives.Count == 0 ? null : RowReading.Write(image.Derivatives));

    private static bool Incomplete(ImageRecord image) =>
        image.State != ImageState.Removed
        && (image.State is ImageState.Pending or ImageState.Failed || image.PlannedByJobId is not null);

    private static bool Shown(ImageState state) => state is ImageState.Ready or ImageState.Damaged;

    /// <summary>What a change of images does to the numbers that lists show.</summary>
    private sealed class Counts
    {
        private long images;
        private long incomplete;
        private bool coverLost;
        private ImageRecord? firstShown;

        public void Subtract(SqliteSession session, string imageId)
        {
            var before = session.First(
                "SELECT state, incomplete FROM images WHERE id = ?1",
                row => ((ImageState State, long Incomplete)?)(row.Enum<ImageState>(0), row.GetInt64(1)),
                imageId);
            if (before is not { } old)
            {
                return;
            }
            images -= old.State == ImageState.Removed ? 0 : 1;
            incomplete -= old.Incomplete;
            coverLost |= Shown(old.State);
        }

        public void Add(ImageRecord image)
        {
            images += image.State == ImageState.Removed ? 0 : 1;
            incomplete += Incomplete(image) ? 1 : 0;
            if (Shown(image.State) && (firstShown is null || image.SortKey.AsSpan().SequenceCompareTo(firstShown.SortKey) < 0))
            {
                firstShown = image;
            }
        }

        public void Apply(SqliteSession session, long collection)
        {
            var before = session.First(
                "SELECT image_count, library_no, cover_key FROM collections WHERE no = ?1",
                row => (Images: row.GetInt64(0), Library: row.GetInt64(1), Cover: row.Bytes(2)),
                collection);
            session.Execute(
                "UPDATE collections SET image_count = image_count + ?2, incomplete_count = incomplete_count + ?3 WHERE no = ?1",
                collection, images, incomplete);
            var appeared = (before.Images > 0 ? 0 : 1) - (before.Images + images > 0 ? 0 : 1);
            if (images != 0 || appeared != 0)
            {
                session.Execute(
                    "UPDATE libraries SET image_count = image_count + ?2, collection_count = collection_count + ?3 WHERE no = ?1",
                    before.Library, images, (long)appeared);
            }
            UpdateCover(session, collection, before.Cover);
        }

        private void UpdateCover(SqliteSession session, long collection, byte[]? before)
        {
            if (coverLost)
            {
                session.Execute(
                    """
                    UPDATE collections SET (cover_id, cover_key) = (
                        SELECT id, sort_key FROM images WHERE collection_no = ?1 AND state IN ('Ready', 'Damaged') ORDER BY sort_key LIMIT 1)
                    WHERE no = ?1
                    """,
                    collection);
            }
            else if (firstShown is not null && (before is null || firstShown.SortKey.AsSpan().SequenceCompareTo(before) < 0))
            {
                session.Execute(
                    "UPDATE collections SET cover_id = ?2, cover_key = ?3 WHERE no = ?1", collection, firstShown.Id, firstShown.SortKey);
            }
        }
    }
}
