using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <content>Typed views. They never convert: a value of another type is an <see cref="InvalidCastException"/>.</content>
public abstract partial class BsonValue
{
    public BsonArray AsBsonArray => As<BsonArray>();

    public BsonBinaryData AsBsonBinaryData => As<BsonBinaryData>();

    public BsonDateTime AsBsonDateTime => As<BsonDateTime>();

    public BsonDocument AsBsonDocument => As<BsonDocument>();

    public BsonJavaScript AsBsonJavaScript => As<BsonJavaScript>();

    public BsonJavaScriptWithScope AsBsonJavaScriptWithScope => As<BsonJavaScriptWithScope>();

    public BsonMaxKey AsBsonMaxKey => As<BsonMaxKey>();

    public BsonMinKey AsBsonMinKey => As<BsonMinKey>();

    public BsonNull AsBsonNull => As<BsonNull>();

    public BsonRegularExpression AsBsonRegularExpression => As<BsonRegularExpression>();

    public BsonSymbol AsBsonSymbol => As<BsonSymbol>();

    public BsonTimestamp AsBsonTimestamp => As<BsonTimestamp>();

    public BsonUndefined AsBsonUndefined => As<BsonUndefined>();

    public BsonValue AsBsonValue => this;

    public byte[] AsByteArray => As<BsonBinaryData>().Bytes;

    public bool AsBoolean => As<BsonBoolean>().Value;

    public decimal AsDecimal => As<BsonDecimal128>().ToDecimal();

    public Decimal128 AsDecimal128 => As<BsonDecimal128>().Value;

    public double AsDouble => As<BsonDouble>().Value;

    public Guid AsGuid => As<BsonBinaryData>().ToGuid();

    public int AsInt32 => As<BsonInt32>().Value;

    public long AsInt64 => As<BsonInt64>().Value;

    public DateTime AsLocalTime => As<BsonDateTime>().ToLocalTime();

    public ObjectId AsObjectId => As<BsonObjectId>().Value;

    public DateTime AsUniversalTime => As<BsonDateTime>().ToUniversalTime();

    public bool? AsNullableBoolean => this is BsonNull ? null : AsBoolean;

    public decimal? AsNullableDecimal => this is BsonNull ? null : AsDecimal;

    public Decimal128? AsNullableDecimal128 => this is BsonNull ? null : AsDecimal128;

    public double? AsNullableDouble => this is BsonNull ? null : AsDouble;

    public Guid? AsNullableGuid => this is BsonNull ? null : AsGuid;

    public int? AsNullableInt32 => this is BsonNull ? null : AsInt32;

    public long? AsNullableInt64 => this is BsonNull ? null : AsInt64;

    public DateTime? AsNullableLocalTime => this is BsonNull ? null : AsLocalTime;

    public ObjectId? AsNullableObjectId => this is BsonNull ? null : AsObjectId;

    public DateTime? AsNullableUniversalTime => this is BsonNull ? null : AsUniversalTime;

    public Regex AsRegex => As<BsonRegularExpression>().ToRegex();

    public string AsString => As<BsonString>().Value;

    public bool IsBsonArray => this is BsonArray;

    public bool IsBsonBinaryData => this is BsonBinaryData;

    public bool IsBsonDateTime => this is BsonDateTime;

    public bool IsBsonDocument => this is BsonDocument;

    public bool IsBsonJavaScript => this is BsonJavaScript;

    public bool IsBsonJavaScriptWithScope => this is BsonJavaScriptWithScope;

    public bool IsBsonMaxKey => this is BsonMaxKey;

    public bool IsBsonMinKey => this is BsonMinKey;

    public bool IsBsonNull => this is BsonNull;

    public bool IsBsonRegularExpression => this is BsonRegularExpression;

    public bool IsBsonSymbol => this is BsonSymbol;

    public bool IsBsonTimestamp => this is BsonTimestamp;

    public bool IsBsonUndefined => this is BsonUndefined;

    public bool IsBoolean => this is BsonBoolean;

    public bool IsDecimal128 => this is BsonDecimal128;

    public bool IsDouble => this is BsonDouble;

    public bool IsInt32 => this is BsonInt32;

    public bool IsInt64 => this is BsonInt64;

    public bool IsObjectId => this is BsonObjectId;

    public bool IsString => this is BsonString;

    public bool IsGuid => this is BsonBinaryData { SubType: BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy };

    public bool IsNumeric => BsonType is BsonType.Decimal128 or BsonType.Double or BsonType.Int32 or BsonType.Int64;

    private T As<T>() where T : BsonValue =>
        this as T ?? throw new InvalidCastException($"A {GetType().Name} is not a {typeof(T).Name}.");
}
