using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>
/// Serializes values whose declared type is object. Scalars are themselves; others are told by a discriminator, and only types
/// that are allowed are read and written.
/// </summary>
public sealed partial class ObjectSerializer : ClassSerializerBase<object>, IHasDiscriminatorConvention
{
    private const string ValueElement = "_v";

    public ObjectSerializer() : this(BsonSerializer.LookupDiscriminatorConvention(typeof(object))) { }

    public ObjectSerializer(IDiscriminatorConvention discriminatorConvention) : this(discriminatorConvention, GuidRepresentation.Unspecified) { }

    public ObjectSerializer(IDiscriminatorConvention discriminatorConvention, GuidRepresentation guidRepresentation)
        : this(discriminatorConvention, guidRepresentation, DefaultAllowedTypes) { }

    public ObjectSerializer(Func<Type, bool> allowedTypes) : this(BsonSerializer.LookupDiscriminatorConvention(typeof(object)), allowedTypes) { }

    public ObjectSerializer(IDiscriminatorConvention discriminatorConvention, Func<Type, bool> allowedTypes)
        : this(discriminatorConvention, GuidRepresentation.Unspecified, allowedTypes) { }

    public ObjectSerializer(IDiscriminatorConvention discriminatorConvention, GuidRepresentation guidRepresentation, Func<Type, bool> allowedTypes)
        : this(discriminatorConvention, guidRepresentation, allowedTypes, allowedTypes) { }

    public ObjectSerializer(
        IDiscriminatorConvention discriminatorConvention,
        GuidRepresentation guidRepresentation,
        Func<Type, bool> allowedDeserializationTypes,
        Func<Type, bool> allowedSerializationTypes)
    {
        ArgumentNullException.ThrowIfNull(discriminatorConvention);
        ArgumentNullException.ThrowIfNull(allowedDeserializationTypes);
        ArgumentNullException.ThrowIfNull(allowedSerializationTypes);
        DiscriminatorConvention = discriminatorConvention;
        GuidRepresentation = guidRepresentation;
        AllowedDeserializationTypes = allowedDeserializationTypes;
        AllowedSerializationTypes = allowedSerializationTypes;
    }

    public static Func<Type, bool> AllAllowedTypes { get; } = _ => true;

    /// <summary>Well-known types of the framework, and collections, tuples and anonymous types of allowed types.</summary>
    public static Func<Type, bool> DefaultAllowedTypes { get; } = IsDefaultType;

    public static ObjectSerializer Instance { get; } = new();

    public static Func<Type, bool> NoAllowedTypes { get; } = _ => false;

    public Func<Type, bool> AllowedDeserializationTypes { get; }

    public Func<Type, bool> AllowedSerializationTypes { get; }

    public IDiscriminatorConvention DiscriminatorConvention { get; }

    public GuidRepresentation GuidRepresentation { get; }

    private IBsonSerializer<Guid> GuidSerializer => GuidRepresentation == GuidRepresentation.Unspecified
        ? BsonSerializer.LookupSerializer<Guid>()
        : new GuidSerializer(GuidRepresentation);

    /// <exception cref="BsonSerializationException">The type that the discriminator names is not allowed.</exception>
    public override object Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        switch (bsonType)
        {
            case BsonType.Array:
                return context.DynamicArraySerializer.Deserialize(context);
            case BsonType.Binary:
                return DeserializeBinary(context);
            case BsonType.Boolean:
                return reader.ReadBoolean();
            case BsonType.DateTime:
                return BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(reader.ReadDateTime());
            case BsonType.Decimal128:
                return reader.ReadDecimal128();
            case BsonType.Document:
                return DeserializeDocument(context, args);
            case BsonType.Double:
                return reader.ReadDouble();
            case BsonType.Int32:
                return reader.ReadInt32();
            case BsonType.Int64:
                return reader.ReadInt64();
            case BsonType.Null:
                reader.ReadNull();
                return null;
            case BsonType.ObjectId:
                return reader.ReadObjectId();
            case BsonType.String:
                return reader.ReadString();
            default:
                throw CreateCannotDeserializeFromBsonTypeException(bsonType);
        }
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is ObjectSerializer other && GuidRepresentation == other.GuidRepresentation &&
        DiscriminatorConvention.Equals(other.DiscriminatorConvention) &&
        AllowedDeserializationTypes.Equals(other.AllowedDeserializationTypes) && AllowedSerializationTypes.Equals(other.AllowedSerializationTypes);

    public override int GetHashCode() => HashCode.Combine(GetType(), GuidRepresentation);

    /// <exception cref="BsonSerializationException">The type is not allowed.</exception>
    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, object value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        if (value == null)
        {
            writer.WriteNull();
            return;
        }
        if (value.GetType() == typeof(object))
        {
            writer.WriteStartDocument();
            writer.WriteEndDocument();
            return;
        }
        // A scalar cannot be the root of a document, except in JSON.
        if ((writer.State == BsonWriterState.Value || writer is JsonWriter) && TryWriteScalar(context, args, value))
        {
            return;
        }
        SerializeDiscriminated(context, args, value);
    }

    public ObjectSerializer WithDiscriminatorConvention(IDiscriminatorConvention discriminatorConvention) =>
        new(discriminatorConvention, GuidRepresentation, AllowedDeserializationTypes, AllowedSerializationTypes);

    public ObjectSerializer WithAllowedTypes(Func<Type, bool> allowedDeserializationTypes, Func<Type, bool> allowedSerializationTypes) =>
        new(DiscriminatorConvention, GuidRepresentation, allowedDeserializationTypes, allowedSerializationTypes);

    private Guid DeserializeBinary(BsonDeserializationContext context)
    {
        var bookmark = context.Reader.GetBookmark();
        var binary = context.Reader.ReadBinaryData();
        if (binary.SubType is not (BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy))
        {
            throw new FormatException($"Binary data of subtype {binary.SubType} cannot be read where the type is only known as object.");
        }
        context.Reader.ReturnToBookmark(bookmark);
        return GuidSerializer.Deserialize(context);
    }

    private object DeserializeDocument(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var actualType = DiscriminatorConvention.GetActualType(context.Reader, typeof(object));
        if (!AllowedDeserializationTypes(actualType))
        {
            throw new BsonSerializationException(
                $"{actualType.FullName} may not be read where the type is only known as object; allow it in an ObjectSerializer.");
        }
        if (actualType == typeof(object))
        {
            return context.DynamicDocumentSerializer.Deserialize(context, args);
        }
        var serializer = BsonSerializer.LookupSerializer(actualType);
        return serializer is IBsonPolymorphicSerializer { IsDiscriminatorCompatibleWithObjectSerializer: true }
            ? serializer.Deserialize(context, args)
            : DeserializeWrapped(context, serializer);
    }

    private object DeserializeWrapped(BsonDeserializationContext context, IBsonSerializer serializer)
    {
        object value = null;
        var helper = new SerializerHelper(new(DiscriminatorConvention.ElementName, 1, isOptional: true), new(ValueElement, 2));
        helper.DeserializeMembers(context, (_, flag) =>
        {
            if (flag == 2)
            {
                value = serializer.Deserialize(context);
            }
            else
            {
                context.Reader.SkipValue();
            }
        });
        return value;
    }

    private bool TryWriteScalar(BsonSerializationContext context, BsonSerializationArgs args, object value)
    {
        var writer = context.Writer;
        switch (value)
        {
            case Enum when value.GetType().GetEnumUnderlyingType() is var type && (type == typeof(int) || type == typeof(short) || type == typeof(long)):
                BsonValueSerializer.Instance.Serialize(context, BsonTypeMapper.MapToBsonValue(value));
                return true;
            case Enum:
                return false;
            case bool truth:
                writer.WriteBoolean(truth);
                return true;
            case DateTime moment:
                writer.WriteDateTime(BsonUtils.ToMillisecondsSinceEpoch(moment));
                return true;
            case double number:
                writer.WriteDouble(number);
                return true;
            case short number:
                writer.WriteInt32(number);
                return true;
            case int number:
                writer.WriteInt32(number);
                return true;
            case long number:
                writer.WriteInt64(number);
                return true;
            case Decimal128 number:
                writer.WriteDecimal128(number);
                return true;
            case Guid guid:
                GuidSerializer.Serialize(context, args, guid);
                return true;
            case ObjectId id:
                writer.WriteObjectId(id);
                return true;
            case string text:
                writer.WriteString(text);
                return true;
            default:
                return false;
        }
    }

    private void SerializeDiscriminated(BsonSerializationContext context, BsonSerializationArgs args, object value)
    {
        var actualType = value.GetType();
        if (!AllowedSerializationTypes(actualType))
        {
            throw new BsonSerializationException(
                $"{actualType.FullName} may not be written where the type is only known as object; allow it in an ObjectSerializer.");
        }
        var serializer = BsonSerializer.LookupSerializer(actualType);
        if (serializer is IBsonPolymorphicSerializer { IsDiscriminatorCompatibleWithObjectSerializer: true })
        {
            serializer.Serialize(context, args, value);
            return;
        }
        if (context.IsDynamicType(actualType))
        {
            args.NominalType = actualType;
            serializer.Serialize(context, args, value);
            return;
        }
        var writer = context.Writer;
        writer.WriteStartDocument();
        if (DiscriminatorConvention.GetDiscriminator(typeof(object), actualType) is { } discriminator)
        {
            writer.WriteName(DiscriminatorConvention.ElementName);
            BsonValueSerializer.Instance.Serialize(context, discriminator);
        }
        writer.WriteName(ValueElement);
        serializer.Serialize(context, value);
        writer.WriteEndDocument();
    }
}
