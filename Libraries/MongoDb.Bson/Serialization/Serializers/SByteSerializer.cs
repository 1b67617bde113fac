namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="sbyte"/>.</summary>
public sealed class SByteSerializer : ByteSerializerBase<SByteSerializer, sbyte>
{
    public SByteSerializer() : this(BsonType.Int32) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public SByteSerializer(BsonType representation) : base(representation) { }

    public static SByteSerializer Instance { get; } = new();

    public override SByteSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new SByteSerializer(representation);
}
