namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The element must be there when the object is read.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonRequiredAttribute : Attribute, IBsonMemberMapAttribute
{
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetIsRequired(true);
    }
}
