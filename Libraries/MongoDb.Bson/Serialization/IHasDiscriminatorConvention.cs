using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization;

/// <summary>A serializer with a discriminator convention.</summary>
public interface IHasDiscriminatorConvention
{
    IDiscriminatorConvention DiscriminatorConvention { get; }
}
