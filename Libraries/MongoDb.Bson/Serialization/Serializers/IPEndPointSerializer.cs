using System.Net;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="IPEndPoint"/> as text, with brackets around an IPv6 address.</summary>
public sealed class IPEndPointSerializer : ClassSerializerBase<IPEndPoint>
{
    protected override IPEndPoint DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.String);
        return IPEndPoint.Parse(context.Reader.ReadString());
    }

    // There are subclasses, all of which are written alike.
    protected override Type GetActualType(BsonDeserializationContext context) => typeof(IPEndPoint);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, IPEndPoint value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        SerializeValue(context, args, value);
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, IPEndPoint value) =>
        context.Writer.WriteString(value.ToString());
}
