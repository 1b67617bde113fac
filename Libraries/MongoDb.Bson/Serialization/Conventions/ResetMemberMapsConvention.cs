namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Forgets what earlier conventions set.</summary>
public class ResetMemberMapsConvention : ConventionBase, IMemberMapConvention
{
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.Reset();
    }
}
