namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer of interfaces whose implementation is told by a discriminator.</summary>
public interface IDiscriminatedInterfaceSerializer
{
    IBsonSerializer InterfaceSerializer { get; }
}
