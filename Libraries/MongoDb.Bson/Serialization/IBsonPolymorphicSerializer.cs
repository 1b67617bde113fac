namespace MongoDB.Bson.Serialization;

/// <summary>A serializer that tells subclasses apart by a discriminator.</summary>
public interface IBsonPolymorphicSerializer
{
    /// <summary>Whether the discriminator is one that the serializer of object can read.</summary>
    bool IsDiscriminatorCompatibleWithObjectSerializer { get; }
}
