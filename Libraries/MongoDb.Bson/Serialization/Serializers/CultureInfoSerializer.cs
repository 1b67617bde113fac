using System.Globalization;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="CultureInfo"/> as text: its name.</summary>
public sealed class CultureInfoSerializer : ClassSerializerBase<CultureInfo>
{
    protected override CultureInfo DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.String);
        return CultureInfo.GetCultureInfo(context.Reader.ReadString());
    }

    // There are subclasses, all of which are written alike.
    protected override Type GetActualType(BsonDeserializationContext context) => typeof(CultureInfo);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, CultureInfo value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        SerializeValue(context, args, value);
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, CultureInfo value) =>
        context.Writer.WriteString(value.Name);
}
