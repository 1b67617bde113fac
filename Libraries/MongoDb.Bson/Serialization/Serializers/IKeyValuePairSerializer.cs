namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer of pairs.</summary>
public interface IKeyValuePairSerializer
{
    BsonType Representation { get; }
}
