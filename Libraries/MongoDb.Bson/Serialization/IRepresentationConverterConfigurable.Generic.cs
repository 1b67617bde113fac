using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization;

/// <summary>The same with the serializer's own type.</summary>
public interface IRepresentationConverterConfigurable<TSerializer> : IRepresentationConverterConfigurable where TSerializer : IBsonSerializer
{
    new TSerializer WithConverter(RepresentationConverter converter);
}
