namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonJavaScriptWithScope"/>.</summary>
public sealed class BsonJavaScriptWithScopeSerializer : BsonValueSerializerBase<BsonJavaScriptWithScope>
{
    public BsonJavaScriptWithScopeSerializer() : base(BsonType.JavaScriptWithScope) { }

    public static BsonJavaScriptWithScopeSerializer Instance { get; } = new();

    protected override BsonJavaScriptWithScope DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var code = context.Reader.ReadJavaScriptWithScope();
        return new BsonJavaScriptWithScope(code, BsonDocumentSerializer.Instance.Deserialize(context));
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonJavaScriptWithScope value)
    {
        context.Writer.WriteJavaScriptWithScope(value.Code);
        BsonDocumentSerializer.Instance.Serialize(context, value.Scope);
    }
}
