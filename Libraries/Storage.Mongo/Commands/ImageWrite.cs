using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Images of one collection to be written, and what goes into the same command.</summary>
internal sealed record ImageWrite
{
    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>Its library.</summary>
    public required string LibraryId { get; init; }

    /// <summary>The images in the order of their keys.</summary>
    public required IReadOnlyList<BsonDocument> Images { get; init; }

    /// <summary>
    /// Whether the images are put by the stages alone, on conditions of theirs: a segment that becomes too large is split without
    /// them.
    /// </summary>
    public bool SplitsFirst { get; init; }

    /// <summary>Puts the one statement that refuses the command when the collection is gone or the work is old.</summary>
    public required Action<RecordCommand> Guard { get; init; }

    /// <summary>Makes the stages by which a segment takes some of the images.</summary>
    public required Func<SegmentBounds, IReadOnlyList<BsonDocument>, BsonDocument[]> Stages { get; init; }

    /// <summary>Puts the statements that come after the images.</summary>
    public Action<RecordCommand> Finish { get; init; } = _ => { };
}
