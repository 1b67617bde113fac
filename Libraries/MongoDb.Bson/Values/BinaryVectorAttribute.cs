using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson;

/// <summary>Stores an array, a memory or a vector of numbers as binary data of subtype 9.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class BinaryVectorAttribute : Attribute, IBsonMemberMapAttribute
{
    public BinaryVectorAttribute(BinaryVectorDataType dataType) => DataType = dataType;

    public BinaryVectorDataType DataType { get; init; }

    /// <exception cref="InvalidOperationException">The member's type is none of those.</exception>
    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetSerializer(BinaryVectorSerializers.Create(memberMap.MemberType, DataType));
    }
}
