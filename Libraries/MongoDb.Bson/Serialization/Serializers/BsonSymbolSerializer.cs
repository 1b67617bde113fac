namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonSymbol"/>.</summary>
public sealed class BsonSymbolSerializer : BsonValueSerializerBase<BsonSymbol>
{
    public BsonSymbolSerializer() : base(BsonType.Symbol) { }

    public static BsonSymbolSerializer Instance { get; } = new();

    protected override BsonSymbol DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => BsonSymbolTable.Lookup(context.Reader.ReadSymbol());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonSymbol value) => context.Writer.WriteSymbol(value.Name);
}
