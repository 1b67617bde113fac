namespace MongoDB.Bson;

/// <summary>Maps values of a type of the application to <see cref="BsonValue"/>.</summary>
public interface ICustomBsonTypeMapper
{
    bool TryMapToBsonValue(object value, out BsonValue bsonValue);
}
