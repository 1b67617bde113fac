using MongoDB.Bson.Serialization.IdGenerators;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Ids that are strings in .NET are stored as ObjectIds, unless they have a serializer or generator.</summary>
public class StringIdStoredAsObjectIdConvention : ConventionBase, IMemberMapConvention
{
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        var isDefault = memberMap.ClassMap.IdMemberMap == memberMap && memberMap.MemberType == typeof(string) && memberMap.IdGenerator == null &&
            memberMap.GetSerializer() is StringSerializer { Representation: BsonType.String };
        if (isDefault)
        {
            memberMap.SetSerializer(new StringSerializer(BsonType.ObjectId)).SetIdGenerator(StringObjectIdGenerator.Instance);
        }
    }
}
