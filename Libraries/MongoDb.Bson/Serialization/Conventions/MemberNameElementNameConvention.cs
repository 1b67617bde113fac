namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Names elements like members.</summary>
public class MemberNameElementNameConvention : ConventionBase, IMemberMapConvention
{
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetElementName(memberMap.MemberName);
    }
}
