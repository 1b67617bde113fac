namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Uri"/> as text.</summary>
public sealed class UriSerializer : ClassSerializerBase<Uri>
{
    protected override Uri DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.String);
        return new Uri(context.Reader.ReadString(), UriKind.RelativeOrAbsolute);
    }

    // There are subclasses, all of which are written alike.
    protected override Type GetActualType(BsonDeserializationContext context) => typeof(Uri);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, Uri value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        SerializeValue(context, args, value);
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Uri value) =>
        context.Writer.WriteString(value.OriginalString);
}
