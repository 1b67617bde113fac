using System.Net;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="IPAddress"/> as text.</summary>
public sealed class IPAddressSerializer : ClassSerializerBase<IPAddress>
{
    protected override IPAddress DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.String);
        return IPAddress.Parse(context.Reader.ReadString());
    }

    // There are subclasses, all of which are written alike.
    protected override Type GetActualType(BsonDeserializationContext context) => typeof(IPAddress);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, IPAddress value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        SerializeValue(context, args, value);
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, IPAddress value) =>
        context.Writer.WriteString(value.ToString());
}
