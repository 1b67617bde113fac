using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// Remembers the bounds of collections' segments, so that a batch knows where its images belong without asking. They may be out
/// of date: each write repeats the bounds in its filter, and the server refuses it when they are others by now.
/// </summary>
internal sealed class SegmentMaps(IMongoCollection<BsonDocument> records)
{
    private const int MostBounds = 50_000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<SegmentBounds>> _maps = new(StringComparer.Ordinal);
    private int _bounds;

    /// <summary>The segments of a collection in order, at least one.</summary>
    public async ValueTask<IReadOnlyList<SegmentBounds>> GetAsync(string collectionId, CancellationToken cancellationToken)
    {
        if (_maps.TryGetValue(collectionId, out var known))
        {
            return known;
        }
        var options = new FindOptions<BsonDocument>
        {
            Projection = new BsonDocument { { "_id", 0 }, { "from", 1 }, { "to", 1 } },
            Sort = new BsonDocument("from", 1),
            Hint = RecordIndexes.Segments,
        };
        using var cursor = await records.FindAsync(new BsonDocument("collection", collectionId), options, cancellationToken).ConfigureAwait(false);
        var found = await cursor.ToListAsync(cancellationToken).ConfigureAwait(false);
        var map = Chain(collectionId, [.. found.Select(segment => segment["from"].AsString)]);
        if (Interlocked.Add(ref _bounds, map.Count) > MostBounds)
        {
            _maps.Clear();
            Interlocked.Exchange(ref _bounds, map.Count);
        }
        _maps[collectionId] = map;
        return map;
    }

    /// <summary>Forgets what is known of a collection.</summary>
    public void Forget(string collectionId) => _maps.TryRemove(collectionId, out _);

    // A segment ends where the next one begins; while one is being split its own end says otherwise, and writes are refused.
    private static List<SegmentBounds> Chain(string collectionId, string[] froms)
    {
        if (froms.Length == 0)
        {
            return [SegmentBounds.Whole(collectionId)];
        }
        var map = new List<SegmentBounds>(froms.Length);
        for (var i = 0; i < froms.Length; i++)
        {
            map.Add(new SegmentBounds(collectionId, froms[i], i + 1 < froms.Length ? froms[i + 1] : SegmentBounds.Behind));
        }
        return map;
    }
}
