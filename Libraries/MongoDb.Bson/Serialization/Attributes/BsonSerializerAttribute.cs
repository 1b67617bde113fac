namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The serializer of a type or member.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Field | AttributeTargets.Property)]
public class BsonSerializerAttribute : Attribute, IBsonMemberMapAttribute
{
    public BsonSerializerAttribute() { }

    public BsonSerializerAttribute(Type serializerType) => SerializerType = serializerType;

    /// <summary>A serializer; a generic one without arguments gets those of the type that it is for.</summary>
    public Type SerializerType { get; set; }

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetSerializer(CreateSerializer(memberMap.MemberType, type => (IBsonSerializer)Activator.CreateInstance(type)));
    }

    internal IBsonSerializer CreateSerializer(Type type, Func<Type, IBsonSerializer> create)
    {
        if (SerializerType == null)
        {
            throw new InvalidOperationException($"The attribute BsonSerializer of {type.FullName} does not name a serializer.");
        }
        if (type.ContainsGenericParameters)
        {
            throw new InvalidOperationException($"{type.FullName} has type parameters without arguments.");
        }
        return create(SerializerType.ContainsGenericParameters ? SerializerType.MakeGenericType(type.GetGenericArguments()) : SerializerType);
    }
}
