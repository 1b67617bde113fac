namespace MongoDB.Bson.Serialization;

/// <summary>An attribute that changes a creator map.</summary>
public interface IBsonCreatorMapAttribute
{
    void Apply(BsonCreatorMap creatorMap);
}
