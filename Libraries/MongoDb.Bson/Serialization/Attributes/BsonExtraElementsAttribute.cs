namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The member takes the elements that no other member has.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
[BsonMemberMapAttributeUsage(AllowMultipleMembers = false)]
public class BsonExtraElementsAttribute : Attribute, IBsonMemberMapAttribute
{
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.ClassMap.SetExtraElementsMember(memberMap);
    }
}
