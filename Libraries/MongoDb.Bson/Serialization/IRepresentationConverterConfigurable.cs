using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization;

/// <summary>A serializer whose converter can be chosen.</summary>
public interface IRepresentationConverterConfigurable
{
    RepresentationConverter Converter { get; }

    IBsonSerializer WithConverter(RepresentationConverter converter);
}
