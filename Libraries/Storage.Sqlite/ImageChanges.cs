using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>
/// Changes images within one transaction. <see cref="Apply"/> then brings the counts and covers that lists show into step,
/// once per collection and library however many images changed.
/// </summary>
internal sealed class ImageChanges(SqliteSession session)
{
    private readonly Dictionary<long, CollectionChange> _collections = [];
    private readonly Dictionary<string, KnownCollection?> _known = new(StringComparer.Ordinal);

    /// <summary>Image rows written.</summary>
    public long Written { get; private set; }

    /// <summary>Whether there is such a collection; its library may have been removed meanwhile.</summary>
    public bool Knows(string collectionId) => Find(collectionId) is not null;

    /// <summary>Inserts or replaces an image.</summary>
    /// <exception cref="StoreException">Its collection does not exist.</exception>
    public void Put(ImageRecord image)
    {
        var collection = Find(image.CollectionId) ?? throw new StoreException($"There is no collection '{image.CollectionId}'.");
        var incomplete = image.IsIncomplete(collection.Kinds);
        var change = ChangeOf(collection.Number);
        if (StoredImage.Find(session, image.Id) is { } stored)
        {
            change.Subtract(stored);
            change.Add(stored.Derivatives, -1);
            ImageRows.Replace(session, stored, image, incomplete);
        }
        else
        {
            ImageRows.Add(session, collection.Number, image, incomplete);
        }
        change.Add(image, incomplete);
        change.Add(DerivativeSum.Of(image.Derivatives), 1);
        Written++;
    }

    /// <summary>Marks an image as removed; it keeps its derivatives, so that it can come back without rendering.</summary>
    public void Remove(StoredImage stored, string jobId, long now)
    {
        ChangeOf(stored.CollectionNumber).Subtract(stored);
        session.Execute(
            """
            UPDATE images SET state = 'Removed', incomplete = 0, planned_by_job = NULL, planned_work = NULL,
                removal_candidate_job = NULL, removed_by_job = ?2, removed_at = ?3 WHERE no = ?1
            """,
            stored.Number, jobId, now);
        Written++;
    }

    /// <summary>Deletes an image for good.</summary>
    public void Delete(StoredImage stored)
    {
        var change = ChangeOf(stored.CollectionNumber);
        change.Subtract(stored);
        change.Add(stored.Derivatives, -1);
        session.Execute("DELETE FROM images WHERE no = ?1", stored.Number);
        Written++;
    }

    /// <summary>Brings counts and covers into step.</summary>
    public void Apply()
    {
        foreach (var (number, change) in _collections)
        {
            change.Apply(session, number);
        }
        _collections.Clear();
    }

    private CollectionChange ChangeOf(long collection)
    {
        if (!_collections.TryGetValue(collection, out var change))
        {
            _collections.Add(collection, change = new CollectionChange());
        }
        return change;
    }

    private KnownCollection? Find(string id)
    {
        if (!_known.TryGetValue(id, out var collection))
        {
            collection = session.First(
                "SELECT c.no, l.settings FROM collections c JOIN libraries l ON l.no = c.library_no WHERE c.id = ?1",
                row => new KnownCollection(row.GetInt64(0), [.. row.Settings(1).Derivatives.Select(spec => spec.Kind)]),
                id);
            _known.Add(id, collection);
        }
        return collection;
    }

    private sealed record KnownCollection(long Number, string[] Kinds);
}
