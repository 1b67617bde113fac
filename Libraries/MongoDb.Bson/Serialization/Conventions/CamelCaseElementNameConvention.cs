namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Names elements like members, with a small first letter.</summary>
public class CamelCaseElementNameConvention : ConventionBase, IMemberMapConvention
{
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        var name = memberMap.MemberName;
        memberMap.SetElementName(name.Length == 0 ? name : string.Concat(new string(char.ToLowerInvariant(name[0]), 1), name.AsSpan(1)));
    }
}
