namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Ids are made by the generator that is registered for their type.</summary>
public class LookupIdGeneratorConvention : ConventionBase, IPostProcessingConvention
{
    public void PostProcess(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        if (classMap.IdMemberMap is { IdGenerator: null } idMemberMap && BsonSerializer.LookupIdGenerator(idMemberMap.MemberType) is { } generator)
        {
            idMemberMap.SetIdGenerator(generator);
        }
    }
}
