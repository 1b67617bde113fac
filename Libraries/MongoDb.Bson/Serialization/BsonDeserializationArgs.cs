namespace MongoDB.Bson.Serialization;

/// <summary>What a caller tells a serializer that reads.</summary>
public struct BsonDeserializationArgs
{
    /// <summary>The declared type, of which the value may be a subtype.</summary>
    public Type NominalType { get; set; }
}
