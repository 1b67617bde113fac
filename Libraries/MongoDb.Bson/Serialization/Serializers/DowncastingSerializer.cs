namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of a base type for values of a derived type.</summary>
public static class DowncastingSerializer
{
    public static IBsonSerializer Create(Type baseType, Type derivedType, IBsonSerializer derivedTypeSerializer) =>
        (IBsonSerializer)Activator.CreateInstance(typeof(DowncastingSerializer<,>).MakeGenericType(baseType, derivedType), derivedTypeSerializer);
}
