using System.Globalization;
using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>
/// Serializes <see cref="CultureInfo"/> as text, its name, or, where the user's settings do not apply to it, as a document
/// that also says this.
/// </summary>
public sealed class CultureInfoSerializer : ClassSerializerBase<CultureInfo>
{
    private readonly SerializerHelper _helper = new(new("Name", 1), new("UseUserOverride", 2));

    protected override CultureInfo DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.String:
                return new CultureInfo(reader.ReadString());
            case BsonType.Document:
                string name = null;
                var useUserOverride = false;
                _helper.DeserializeMembers(context, (_, flag) =>
                {
                    if (flag == 1)
                    {
                        name = reader.ReadString();
                    }
                    else
                    {
                        useUserOverride = reader.ReadBoolean();
                    }
                });
                return new CultureInfo(name, useUserOverride);
            default:
                throw CreateCannotDeserializeFromBsonTypeException(reader.CurrentBsonType);
        }
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

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, CultureInfo value)
    {
        var writer = context.Writer;
        if (value.UseUserOverride)
        {
            writer.WriteString(value.Name);
            return;
        }
        writer.WriteStartDocument();
        writer.WriteString("Name", value.Name);
        writer.WriteBoolean("UseUserOverride", false);
        writer.WriteEndDocument();
    }
}
