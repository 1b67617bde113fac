namespace MongoDB.Bson.Serialization;

/// <summary>A serializer that knows the BSON type of its values.</summary>
public interface IHasRepresentationSerializer
{
    BsonType Representation { get; }
}
