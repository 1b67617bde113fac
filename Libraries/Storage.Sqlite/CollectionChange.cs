using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>What changes of images do to the counts and the cover of their collection.</summary>
internal sealed class CollectionChange
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private long _images;
    private long _incomplete;
    private long _files;
    private long _bytes;
    private byte[]? _firstShown;

    /// <summary>Takes a row out of the counts.</summary>
    public void Subtract(StoredImage stored)
    {
        _images -= stored.Counted ? 1 : 0;
        _incomplete -= stored.Incomplete ? 1 : 0;
        if (stored.Shown)
        {
            _hidden.Add(stored.Id);
        }
    }

    /// <summary>Takes an image into the counts.</summary>
    public void Add(ImageRecord image, bool incomplete)
    {
        _images += image.State == ImageState.Removed ? 0 : 1;
        _incomplete += incomplete ? 1 : 0;
        if (!StoredImage.IsShown(image.State))
        {
            return;
        }
        _hidden.Remove(image.Id);
        if (_firstShown is null || Less(image.SortKey, _firstShown))
        {
            _firstShown = image.SortKey;
        }
    }

    /// <summary>Takes files into the sums, or out of them.</summary>
    public void Add(DerivativeSum derivatives, int times)
    {
        _files += times * derivatives.Files;
        _bytes += times * derivatives.Bytes;
    }

    /// <summary>Writes the new counts and the cover.</summary>
    public void Apply(SqliteSession session, long collection)
    {
        var before = session.First(
            "SELECT image_count, library_no, cover_id, cover_key FROM collections WHERE no = ?1",
            row => new Before(row.GetInt64(0), row.GetInt64(1), row.Text(2), row.Bytes(3)),
            collection)!;
        if (_images != 0 || _incomplete != 0)
        {
            session.Execute(
                "UPDATE collections SET image_count = image_count + ?2, incomplete_count = incomplete_count + ?3 WHERE no = ?1",
                collection, _images, _incomplete);
        }
        if (_images != 0)
        {
            var appeared = Math.Sign(before.Images + _images) - Math.Sign(before.Images);
            session.Execute(
                "UPDATE libraries SET image_count = image_count + ?2, collection_count = collection_count + ?3 WHERE no = ?1",
                before.Library, _images, (long)appeared);
        }
        if (_files != 0 || _bytes != 0)
        {
            session.Execute(
                "UPDATE libraries SET derivative_files = derivative_files + ?2, derivative_bytes = derivative_bytes + ?3 WHERE no = ?1",
                before.Library, _files, _bytes);
        }
        UpdateCover(session, collection, before);
    }

    private static bool Less(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right) < 0;

    // Nothing before the old cover was shown, so the search starts there, or at an earlier image that is shown now.
    private void UpdateCover(SqliteSession session, long collection, Before before)
    {
        var lost = before.CoverId is not null && _hidden.Contains(before.CoverId);
        var earlier = _firstShown is not null && (before.CoverKey is null || Less(_firstShown, before.CoverKey));
        if (!lost && !earlier)
        {
            return;
        }
        session.Execute(
            """
            UPDATE collections SET (cover_id, cover_key) = (
                SELECT id, sort_key FROM images
                WHERE collection_no = ?1 AND sort_key >= ?2 AND state IN ('Ready', 'Damaged') ORDER BY sort_key LIMIT 1)
            WHERE no = ?1
            """,
            collection, earlier ? _firstShown : before.CoverKey);
    }

    private sealed record Before(long Images, long Library, string? CoverId, byte[]? CoverKey);
}
