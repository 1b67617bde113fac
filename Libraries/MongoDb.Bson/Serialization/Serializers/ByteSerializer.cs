namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="byte"/>.</summary>
public sealed class ByteSerializer : ByteSerializerBase<ByteSerializer, byte>
{
    public ByteSerializer() : this(BsonType.Int32) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public ByteSerializer(BsonType representation) : base(representation) { }

    public static ByteSerializer Instance { get; } = new();

    public override ByteSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new ByteSerializer(representation);
}
