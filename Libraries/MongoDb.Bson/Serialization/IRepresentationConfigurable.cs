namespace MongoDB.Bson.Serialization;

/// <summary>A serializer whose representation can be chosen.</summary>
public interface IRepresentationConfigurable : IHasRepresentationSerializer
{
    IBsonSerializer WithRepresentation(BsonType representation);
}
