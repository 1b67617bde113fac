namespace MongoDB.Bson.Serialization;

/// <summary>The same with the serializer's own type.</summary>
public interface IRepresentationConfigurable<TSerializer> : IRepresentationConfigurable where TSerializer : IBsonSerializer
{
    new TSerializer WithRepresentation(BsonType representation);
}
