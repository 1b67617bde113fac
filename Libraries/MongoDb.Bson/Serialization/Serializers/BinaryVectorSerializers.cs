namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Chooses a serializer for a member that is stored as a vector.</summary>
internal static class BinaryVectorSerializers
{
    public static IBsonSerializer Create(Type type, BinaryVectorDataType dataType)
    {
        if (type == typeof(BinaryVectorFloat32))
        {
            return new BinaryVectorSerializer<BinaryVectorFloat32, float>(dataType);
        }
        if (type == typeof(BinaryVectorInt8))
        {
            return new BinaryVectorSerializer<BinaryVectorInt8, sbyte>(dataType);
        }
        if (type == typeof(BinaryVectorPackedBit))
        {
            return new BinaryVectorSerializer<BinaryVectorPackedBit, byte>(dataType);
        }
        var (definition, item) = type switch
        {
            { IsArray: true } => (typeof(ArrayAsBinaryVectorSerializer<>), type.GetElementType()),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Memory<>) =>
                (typeof(MemoryAsBinaryVectorSerializer<>), type.GetGenericArguments()[0]),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>) =>
                (typeof(ReadOnlyMemoryAsBinaryVectorSerializer<>), type.GetGenericArguments()[0]),
            _ => throw new InvalidOperationException($"A {BsonUtils.GetFriendlyTypeName(type)} cannot be stored as a vector."),
        };
        return (IBsonSerializer)Activator.CreateInstance(definition.MakeGenericType(item), dataType);
    }
}
