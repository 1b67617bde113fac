using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>How the type of an object is told in its document.</summary>
public interface IDiscriminatorConvention
{
    /// <summary>The element of the discriminator.</summary>
    string ElementName { get; }

    /// <summary>The type of the present value, without moving from it.</summary>
    Type GetActualType(IBsonReader bsonReader, Type nominalType);

    /// <summary>What to write; null for nothing.</summary>
    BsonValue GetDiscriminator(Type nominalType, Type actualType);
}
