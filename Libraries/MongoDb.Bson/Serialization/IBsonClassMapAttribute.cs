namespace MongoDB.Bson.Serialization;

/// <summary>An attribute that changes a class map.</summary>
public interface IBsonClassMapAttribute
{
    void Apply(BsonClassMap classMap);
}
