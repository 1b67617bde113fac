namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Says whether null is left out.</summary>
public class IgnoreIfNullConvention : ConventionBase, IMemberMapConvention
{
    private readonly bool _ignoreIfNull;

    public IgnoreIfNullConvention(bool ignoreIfNull) => _ignoreIfNull = ignoreIfNull;

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetIgnoreIfNull(_ignoreIfNull);
    }
}
