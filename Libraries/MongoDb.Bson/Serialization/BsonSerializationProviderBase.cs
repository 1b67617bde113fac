namespace MongoDB.Bson.Serialization;

/// <summary>What providers share: making a serializer with the constructor that fits best.</summary>
public abstract class BsonSerializationProviderBase : IRegistryAwareBsonSerializationProvider
{
    public virtual IBsonSerializer GetSerializer(Type type) => GetSerializer(type, BsonSerializer.SerializerRegistry);

    public abstract IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry);

    protected virtual IBsonSerializer CreateGenericSerializer(Type serializerTypeDefinition, params Type[] typeArguments) =>
        CreateGenericSerializer(serializerTypeDefinition, typeArguments, BsonSerializer.SerializerRegistry);

    protected virtual IBsonSerializer CreateGenericSerializer(
        Type serializerTypeDefinition, Type[] typeArguments, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(serializerTypeDefinition);
        return CreateSerializer(serializerTypeDefinition.MakeGenericType(typeArguments), serializerRegistry);
    }

    protected virtual IBsonSerializer CreateSerializer(Type serializerType) => CreateSerializer(serializerType, BsonSerializer.SerializerRegistry);

    /// <summary>Prefers a constructor that takes the registry.</summary>
    /// <exception cref="MissingMethodException">There is neither such a constructor nor one without parameters.</exception>
    protected virtual IBsonSerializer CreateSerializer(Type serializerType, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(serializerType);
        try
        {
            return serializerType.GetConstructor([typeof(IBsonSerializerRegistry)]) is { } constructor
                ? (IBsonSerializer)constructor.Invoke([serializerRegistry])
                : (IBsonSerializer)Activator.CreateInstance(serializerType);
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException != null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }
}
