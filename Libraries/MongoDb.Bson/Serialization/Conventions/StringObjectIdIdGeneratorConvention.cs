using MongoDB.Bson.Serialization.IdGenerators;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Ids that are strings in .NET and ObjectIds in BSON are made like ObjectIds.</summary>
public class StringObjectIdIdGeneratorConvention : ConventionBase, IPostProcessingConvention
{
    public void PostProcess(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        if (classMap.IdMemberMap is { IdGenerator: null } idMemberMap && idMemberMap.MemberType == typeof(string) &&
            idMemberMap.GetSerializer() is IRepresentationConfigurable { Representation: BsonType.ObjectId })
        {
            idMemberMap.SetIdGenerator(StringObjectIdGenerator.Instance);
        }
    }
}
