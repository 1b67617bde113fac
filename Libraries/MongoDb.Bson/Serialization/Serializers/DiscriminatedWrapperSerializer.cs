using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes a value that is no document in one with a discriminator and the element _v.</summary>
public sealed class DiscriminatedWrapperSerializer<TValue> : SerializerBase<TValue>
{
    private const string ValueElement = "_v";
    private readonly IDiscriminatorConvention _discriminatorConvention;
    private readonly IBsonSerializer<TValue> _wrapped;

    public DiscriminatedWrapperSerializer(IDiscriminatorConvention discriminatorConvention, IBsonSerializer<TValue> wrappedSerializer)
    {
        ArgumentNullException.ThrowIfNull(discriminatorConvention);
        ArgumentNullException.ThrowIfNull(wrappedSerializer);
        _discriminatorConvention = discriminatorConvention;
        _wrapped = wrappedSerializer;
    }

    public override TValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var nominalType = args.NominalType ?? typeof(TValue);
        var actualType = _discriminatorConvention.GetActualType(context.Reader, nominalType);
        var serializer = actualType == typeof(TValue) ? _wrapped : BsonSerializer.LookupSerializer(actualType);
        TValue value = default;
        var helper = new SerializerHelper(new(_discriminatorConvention.ElementName, 1), new(ValueElement, 2));
        helper.DeserializeMembers(context, (_, flag) =>
        {
            if (flag == 2)
            {
                value = (TValue)serializer.Deserialize(context);
            }
            else
            {
                context.Reader.SkipValue();
            }
        });
        return value;
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is DiscriminatedWrapperSerializer<TValue> other &&
        _discriminatorConvention.Equals(other._discriminatorConvention) && _wrapped.Equals(other._wrapped);

    public override int GetHashCode() => GetType().GetHashCode();

    /// <summary>Whether the present value is a document that begins with a discriminator.</summary>
    public bool IsPositionedAtDiscriminatedWrapper(BsonDeserializationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        if (reader.GetCurrentBsonType() != BsonType.Document)
        {
            return false;
        }
        var bookmark = reader.GetBookmark();
        reader.ReadStartDocument();
        var first = reader.ReadBsonType() != BsonType.EndOfDocument ? reader.ReadName() : null;
        reader.ReturnToBookmark(bookmark);
        return first == _discriminatorConvention.ElementName || first == ValueElement;
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        var discriminator = _discriminatorConvention.GetDiscriminator(args.NominalType ?? typeof(object), value.GetType());
        writer.WriteStartDocument();
        writer.WriteName(_discriminatorConvention.ElementName);
        BsonValueSerializer.Instance.Serialize(context, discriminator ?? TypeNameDiscriminator.GetDiscriminator(value.GetType()));
        writer.WriteName(ValueElement);
        _wrapped.Serialize(context, new BsonSerializationArgs { NominalType = value.GetType() }, value);
        writer.WriteEndDocument();
    }
}
