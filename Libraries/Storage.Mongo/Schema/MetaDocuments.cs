using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Filters of the few documents in the collection <c>meta</c>.</summary>
internal static class MetaDocuments
{
    /// <summary>Whose database it is, and the version of its schema.</summary>
    public static BsonDocument Schema => new("_id", "schema");

    /// <summary>All libraries, with a version that each change raises.</summary>
    public static BsonDocument Libraries => new("_id", "libraries");

    /// <summary>Whether jobs shall be paused.</summary>
    public static BsonDocument PauseAll => new("_id", "pauseAll");

    /// <summary>Tokens and signing key that all processes share.</summary>
    public static BsonDocument Access => new("_id", "access");

    /// <summary>The sequence that numbers collections and jobs.</summary>
    public static BsonDocument Numbers => new("_id", "numbers");
}
