namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention for creators.</summary>
public interface ICreatorMapConvention : IConvention
{
    void Apply(BsonCreatorMap creatorMap);
}
