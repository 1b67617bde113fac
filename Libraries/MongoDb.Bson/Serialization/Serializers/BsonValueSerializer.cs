namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonValue"/>.</summary>
public sealed class BsonValueSerializer : BsonValueSerializerBase<BsonValue>, IBsonArraySerializer, IBsonDocumentSerializer
{
    public BsonValueSerializer() : base(null) { }

    public static BsonValueSerializer Instance { get; } = new();

    /// <summary>Writes scalar values at once, and others by the serializers of their classes.</summary>
    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        switch (value)
        {
            case BsonString text:
                context.Writer.WriteString(text.Value);
                break;
            case BsonInt32 number:
                context.Writer.WriteInt32(number.Value);
                break;
            case BsonInt64 number:
                context.Writer.WriteInt64(number.Value);
                break;
            case BsonDouble number:
                context.Writer.WriteDouble(number.Value);
                break;
            case BsonBoolean truth:
                context.Writer.WriteBoolean(truth.Value);
                break;
            default:
                base.Serialize(context, args, value);
                break;
        }
    }

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(null, this, typeof(BsonValue));
        return true;
    }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(memberName, this, typeof(BsonValue));
        return true;
    }

    protected override BsonValue DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var bsonType = context.Reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Array => BsonArraySerializer.Instance.Deserialize(context),
            BsonType.Binary => BsonBinaryDataSerializer.Instance.Deserialize(context),
            BsonType.Boolean => BsonBooleanSerializer.Instance.Deserialize(context),
            BsonType.DateTime => BsonDateTimeSerializer.Instance.Deserialize(context),
            BsonType.Decimal128 => BsonDecimal128Serializer.Instance.Deserialize(context),
            BsonType.Document => BsonDocumentSerializer.Instance.Deserialize(context),
            BsonType.Double => BsonDoubleSerializer.Instance.Deserialize(context),
            BsonType.Int32 => BsonInt32Serializer.Instance.Deserialize(context),
            BsonType.Int64 => BsonInt64Serializer.Instance.Deserialize(context),
            BsonType.JavaScript => BsonJavaScriptSerializer.Instance.Deserialize(context),
            BsonType.JavaScriptWithScope => BsonJavaScriptWithScopeSerializer.Instance.Deserialize(context),
            BsonType.MaxKey => BsonMaxKeySerializer.Instance.Deserialize(context),
            BsonType.MinKey => BsonMinKeySerializer.Instance.Deserialize(context),
            BsonType.Null => BsonNullSerializer.Instance.Deserialize(context),
            BsonType.ObjectId => BsonObjectIdSerializer.Instance.Deserialize(context),
            BsonType.RegularExpression => BsonRegularExpressionSerializer.Instance.Deserialize(context),
            BsonType.String => BsonStringSerializer.Instance.Deserialize(context),
            BsonType.Symbol => BsonSymbolSerializer.Instance.Deserialize(context),
            BsonType.Timestamp => BsonTimestampSerializer.Instance.Deserialize(context),
            BsonType.Undefined => BsonUndefinedSerializer.Instance.Deserialize(context),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonValue value) => throw CreateCannotBeSerializedException();
}
