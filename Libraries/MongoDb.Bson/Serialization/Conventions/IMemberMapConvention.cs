namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention for members.</summary>
public interface IMemberMapConvention : IConvention
{
    void Apply(BsonMemberMap memberMap);
}
