namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention that looks at a class map before its members.</summary>
public interface IClassMapConvention : IConvention
{
    void Apply(BsonClassMap classMap);
}
