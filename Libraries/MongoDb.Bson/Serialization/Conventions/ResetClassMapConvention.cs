namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Forgets what earlier conventions set.</summary>
public class ResetClassMapConvention : ConventionBase, IClassMapConvention
{
    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        classMap.Reset();
    }
}
