namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Gives members of a type a default value.</summary>
public class MemberDefaultValueConvention : ConventionBase, IMemberMapConvention
{
    private readonly Type _type;
    private readonly object _defaultValue;

    public MemberDefaultValueConvention(Type type, object defaultValue)
    {
        ArgumentNullException.ThrowIfNull(type);
        _type = type;
        _defaultValue = defaultValue;
    }

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        if (memberMap.MemberType == _type)
        {
            memberMap.SetDefaultValue(_defaultValue);
        }
    }
}
