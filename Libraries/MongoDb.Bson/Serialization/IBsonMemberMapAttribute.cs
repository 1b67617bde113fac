namespace MongoDB.Bson.Serialization;

/// <summary>An attribute that changes a member map.</summary>
public interface IBsonMemberMapAttribute
{
    void Apply(BsonMemberMap memberMap);
}
