namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonJavaScript"/>.</summary>
public sealed class BsonJavaScriptSerializer : BsonValueSerializerBase<BsonJavaScript>
{
    public BsonJavaScriptSerializer() : base(BsonType.JavaScript) { }

    public static BsonJavaScriptSerializer Instance { get; } = new();

    protected override BsonJavaScript DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new BsonJavaScript(context.Reader.ReadJavaScript());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonJavaScript value) => context.Writer.WriteJavaScript(value.Code);
}
