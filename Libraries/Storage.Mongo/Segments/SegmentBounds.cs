using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>The range of sort keys that a segment holds. A collection's segments follow each other without gaps.</summary>
/// <param name="CollectionId">The collection.</param>
/// <param name="From">First key, included; empty for the first segment.</param>
/// <param name="To">End of the range, not included.</param>
internal sealed record SegmentBounds(string CollectionId, string From, string To)
{
    /// <summary>The end of the last segment: keys have no character as high as this.</summary>
    public const string Behind = "\u0100";

    public string Id => DocumentIds.Segment(CollectionId, From);

    /// <summary>The segment, as long as it has these bounds and is not being split.</summary>
    public BsonDocument Filter => new() { { "_id", Id }, { "to", To }, { "freezing", new BsonDocument("$exists", false) } };

    /// <summary>The only segment of a collection that has none yet.</summary>
    public static SegmentBounds Whole(string collectionId) => new(collectionId, "", Behind);

    public bool Contains(string key) => string.CompareOrdinal(key, From) >= 0 && string.CompareOrdinal(key, To) < 0;
}
