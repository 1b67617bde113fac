namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer of a base type for values of a derived type.</summary>
public interface IDowncastingSerializer
{
    Type BaseType { get; }

    IBsonSerializer DerivedSerializer { get; }

    Type DerivedType { get; }
}
