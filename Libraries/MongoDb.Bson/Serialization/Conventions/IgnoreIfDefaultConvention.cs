namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Says whether default values are left out.</summary>
public class IgnoreIfDefaultConvention : ConventionBase, IMemberMapConvention
{
    private readonly bool _ignoreIfDefault;

    public IgnoreIfDefaultConvention(bool ignoreIfDefault) => _ignoreIfDefault = ignoreIfDefault;

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetIgnoreIfDefault(_ignoreIfDefault);
    }
}
