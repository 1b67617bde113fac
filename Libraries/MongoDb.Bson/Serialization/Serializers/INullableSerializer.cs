namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer of nullable values.</summary>
public interface INullableSerializer
{
    /// <summary>The serializer of the value when there is one.</summary>
    IBsonSerializer ValueSerializer { get; }
}
