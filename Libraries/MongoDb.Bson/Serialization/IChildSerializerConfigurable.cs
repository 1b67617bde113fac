namespace MongoDB.Bson.Serialization;

/// <summary>A serializer with one serializer of its parts.</summary>
public interface IChildSerializerConfigurable
{
    IBsonSerializer ChildSerializer { get; }

    /// <summary>A serializer with another one of its parts.</summary>
    IBsonSerializer WithChildSerializer(IBsonSerializer childSerializer);
}
