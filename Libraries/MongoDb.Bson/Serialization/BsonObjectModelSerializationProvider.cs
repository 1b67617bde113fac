using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers of <see cref="BsonValue"/> and its subclasses.</summary>
public class BsonObjectModelSerializationProvider : BsonSerializationProviderBase
{
    private static readonly Dictionary<Type, IBsonSerializer> Serializers = new()
    {
        [typeof(BsonArray)] = BsonArraySerializer.Instance,
        [typeof(BsonBinaryData)] = BsonBinaryDataSerializer.Instance,
        [typeof(BsonBoolean)] = BsonBooleanSerializer.Instance,
        [typeof(BsonDateTime)] = BsonDateTimeSerializer.Instance,
        [typeof(BsonDecimal128)] = BsonDecimal128Serializer.Instance,
        [typeof(BsonDocument)] = BsonDocumentSerializer.Instance,
        [typeof(BsonDocumentWrapper)] = BsonDocumentWrapperSerializer.Instance,
        [typeof(BsonDouble)] = BsonDoubleSerializer.Instance,
        [typeof(BsonInt32)] = BsonInt32Serializer.Instance,
        [typeof(BsonInt64)] = BsonInt64Serializer.Instance,
        [typeof(BsonJavaScript)] = BsonJavaScriptSerializer.Instance,
        [typeof(BsonJavaScriptWithScope)] = BsonJavaScriptWithScopeSerializer.Instance,
        [typeof(BsonMaxKey)] = BsonMaxKeySerializer.Instance,
        [typeof(BsonMinKey)] = BsonMinKeySerializer.Instance,
        [typeof(BsonNull)] = BsonNullSerializer.Instance,
        [typeof(BsonObjectId)] = BsonObjectIdSerializer.Instance,
        [typeof(BsonRegularExpression)] = BsonRegularExpressionSerializer.Instance,
        [typeof(BsonString)] = BsonStringSerializer.Instance,
        [typeof(BsonSymbol)] = BsonSymbolSerializer.Instance,
        [typeof(BsonTimestamp)] = BsonTimestampSerializer.Instance,
        [typeof(BsonUndefined)] = BsonUndefinedSerializer.Instance,
        [typeof(BsonValue)] = BsonValueSerializer.Instance,
        [typeof(RawBsonArray)] = new RawBsonArraySerializer(),
        [typeof(RawBsonDocument)] = RawBsonDocumentSerializer.Instance,
        [typeof(LazyBsonArray)] = new LazyBsonArraySerializer(),
        [typeof(LazyBsonDocument)] = new LazyBsonDocumentSerializer(),
    };

    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Serializers.GetValueOrDefault(type);
    }
}
