namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Applies conventions to a class map: to the class, its members, its creators, and the class again.</summary>
public class ConventionRunner
{
    private readonly List<IConvention> _conventions;

    public ConventionRunner(IConventionPack conventions)
    {
        ArgumentNullException.ThrowIfNull(conventions);
        _conventions = [.. conventions.Conventions];
    }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        foreach (var convention in _conventions.OfType<IClassMapConvention>())
        {
            convention.Apply(classMap);
        }
        foreach (var convention in _conventions.OfType<IMemberMapConvention>())
        {
            foreach (var memberMap in classMap.DeclaredMemberMaps)
            {
                convention.Apply(memberMap);
            }
        }
        foreach (var convention in _conventions.OfType<ICreatorMapConvention>())
        {
            foreach (var creatorMap in classMap.CreatorMaps)
            {
                convention.Apply(creatorMap);
            }
        }
        foreach (var convention in _conventions.OfType<IPostProcessingConvention>())
        {
            convention.PostProcess(classMap);
        }
    }
}
