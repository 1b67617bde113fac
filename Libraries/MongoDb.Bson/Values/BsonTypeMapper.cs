using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <summary>Maps .NET values to BSON values and back, without serializers.</summary>
public static class BsonTypeMapper
{
    private static readonly ConcurrentDictionary<Type, ICustomBsonTypeMapper> CustomMappers = new();

    /// <exception cref="ArgumentException">There is no BSON value for the type.</exception>
    public static BsonValue MapToBsonValue(object value) => TryMapToBsonValue(value, out var bsonValue) ? bsonValue
        : throw new ArgumentException($"A {value.GetType().FullName} cannot be mapped to a BsonValue.", nameof(value));

    /// <summary>Maps to a wanted type, converting numbers and text where that is exact.</summary>
    /// <exception cref="ArgumentException">The value cannot be of that type.</exception>
    public static BsonValue MapToBsonValue(object value, BsonType bsonType)
    {
        if (value == null)
        {
            return bsonType == BsonType.Null ? BsonNull.Value : throw new ArgumentException($"null cannot be mapped to {bsonType}.", nameof(value));
        }
        if (value is IConvertibleToBsonDocument convertible and not BsonDocument && bsonType == BsonType.Document)
        {
            return convertible.ToBsonDocument();
        }
        var unmapped = value is BsonValue bsonValue && bsonValue.BsonType != bsonType ? MapToDotNetValue(bsonValue) : value;
        try
        {
            return (TryMapToBsonValue(unmapped, out var natural) && natural.BsonType == bsonType ? natural : Convert(unmapped, bsonType))
                ?? throw CannotMap(value, bsonType, null);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException)
        {
            throw CannotMap(value, bsonType, exception);
        }
    }

    public static object MapToDotNetValue(BsonValue bsonValue) => MapToDotNetValue(bsonValue, BsonTypeMapperOptions.Defaults);

    public static object MapToDotNetValue(BsonValue bsonValue, BsonTypeMapperOptions options)
    {
        ArgumentNullException.ThrowIfNull(bsonValue);
        ArgumentNullException.ThrowIfNull(options);
        return bsonValue switch
        {
            BsonArray array => MapArray(array, options),
            BsonDocument document => MapDocument(document, options),
            BsonBinaryData binary => MapBinary(binary, options),
            BsonBoolean truth => truth.Value,
            BsonDateTime moment => moment.ToUniversalTime(),
            BsonDecimal128 number => number.Value,
            BsonDouble number => number.Value,
            BsonInt32 number => number.Value,
            BsonInt64 number => number.Value,
            BsonNull => null,
            BsonObjectId id => id.Value,
            BsonString text => text.Value,
            _ => bsonValue,
        };
    }

    /// <summary>Must be called before values of the type are mapped.</summary>
    public static void RegisterCustomTypeMapper(Type type, ICustomBsonTypeMapper customTypeMapper)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(customTypeMapper);
        CustomMappers[type] = customTypeMapper;
    }

    public static bool TryMapToBsonValue(object value, out BsonValue bsonValue)
    {
        bsonValue = value switch
        {
            null => BsonNull.Value,
            BsonValue same => same,
            Enum enumeration => MapEnum(enumeration),
            bool truth => (BsonBoolean)truth,
            byte number => (BsonInt32)number,
            byte[] bytes => (BsonBinaryData)bytes,
            DateTime moment => (BsonDateTime)moment,
            DateTimeOffset moment => (BsonDateTime)moment.UtcDateTime,
            decimal number => (BsonDecimal128)(Decimal128)number,
            Decimal128 number => (BsonDecimal128)number,
            double number => (BsonDouble)number,
            float number => (BsonDouble)number,
            int number => (BsonInt32)number,
            long number => (BsonInt64)number,
            ObjectId id => (BsonObjectId)id,
            Regex regex => (BsonRegularExpression)regex,
            sbyte number => (BsonInt32)number,
            short number => (BsonInt32)number,
            string text => (BsonString)text,
            uint number => (BsonInt64)number,
            ulong number => (BsonInt64)unchecked((long)number),
            ushort number => (BsonInt32)number,
            _ => null,
        };
        if (bsonValue is null && CustomMappers.TryGetValue(value.GetType(), out var mapper))
        {
            return mapper.TryMapToBsonValue(value, out bsonValue);
        }
        bsonValue ??= value switch
        {
            IConvertibleToBsonDocument convertible => convertible.ToBsonDocument(),
            IDictionary dictionary => new BsonDocument(dictionary),
            IEnumerable<KeyValuePair<string, object>> dictionary => new BsonDocument(dictionary),
            IEnumerable items => new BsonArray(items),
            _ => null,
        };
        return bsonValue is not null;
    }

    private static ArgumentException CannotMap(object value, BsonType bsonType, Exception inner) =>
        new($"A {value.GetType().FullName} cannot be mapped to {bsonType}.", nameof(value), inner);

    private static BsonValue MapEnum(Enum value) => Type.GetTypeCode(value.GetType()) switch
    {
        TypeCode.Int64 or TypeCode.UInt32 => (BsonInt64)System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        TypeCode.UInt64 => (BsonInt64)unchecked((long)System.Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
        _ => (BsonInt32)System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
    };

    private static BsonValue Convert(object value, BsonType bsonType) => (bsonType, value) switch
    {
        (BsonType.Boolean, IConvertible number) when IsNumber(value) || value is string or char => number switch
        {
            string text => (BsonBoolean)IO.JsonConvert.ToBoolean(text),
            char character => (BsonBoolean)(character != 0),
            _ => (BsonBoolean)number.ToBoolean(CultureInfo.InvariantCulture),
        },
        (BsonType.Decimal128, string text) => (BsonDecimal128)IO.JsonConvert.ToDecimal128(text),
        (BsonType.Decimal128, double number) => (BsonDecimal128)new Decimal128(number),
        (BsonType.Decimal128, float number) => (BsonDecimal128)new Decimal128(number),
        (BsonType.Decimal128, char character) => (BsonDecimal128)new Decimal128((int)character),
        (BsonType.Decimal128, IConvertible number) when IsNumber(value) => (BsonDecimal128)new Decimal128(number.ToDecimal(CultureInfo.InvariantCulture)),
        (BsonType.Double, string text) => (BsonDouble)IO.JsonConvert.ToDouble(text),
        (BsonType.Int32, string text) => (BsonInt32)IO.JsonConvert.ToInt32(text),
        (BsonType.Int64, string text) => (BsonInt64)IO.JsonConvert.ToInt64(text),
        (BsonType.Double or BsonType.Int32 or BsonType.Int64, char character) => Convert((int)character, bsonType) ?? (BsonInt32)character,
        (BsonType.Double, IConvertible number) when IsNumber(value) => (BsonDouble)number.ToDouble(CultureInfo.InvariantCulture),
        (BsonType.Int32, IConvertible number) when IsNumber(value) => (BsonInt32)number.ToInt32(CultureInfo.InvariantCulture),
        (BsonType.Int64, IConvertible number) when IsNumber(value) => (BsonInt64)number.ToInt64(CultureInfo.InvariantCulture),
        (BsonType.DateTime, string text) => new BsonDateTime(IO.JsonConvert.ToDateTime(text)),
        (BsonType.ObjectId, byte[] bytes) => new BsonObjectId(new ObjectId(bytes)),
        (BsonType.ObjectId, string text) => new BsonObjectId(ObjectId.Parse(text)),
        (BsonType.JavaScript, string text) => new BsonJavaScript(text),
        (BsonType.JavaScriptWithScope, string text) => new BsonJavaScriptWithScope(text, []),
        (BsonType.RegularExpression, string text) => new BsonRegularExpression(text),
        (BsonType.Symbol, string text) => BsonSymbolTable.Lookup(text),
        (BsonType.Timestamp, long number) => new BsonTimestamp(number),
        (BsonType.Timestamp, ulong number) => new BsonTimestamp(unchecked((long)number)),
        (BsonType.Timestamp, string text) => new BsonTimestamp(IO.JsonConvert.ToInt64(text)),
        _ => null,
    };

    private static bool IsNumber(object value) =>
        value is Decimal128 || Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static object MapBinary(BsonBinaryData binary, BsonTypeMapperOptions options) => binary.SubType switch
    {
        BsonBinarySubType.Binary => binary.Bytes,
#pragma warning disable CS0618 // old documents hold this subtype
        BsonBinarySubType.OldBinary when options.MapOldBinaryToByteArray => binary.Bytes,
#pragma warning restore CS0618
        BsonBinarySubType.UuidStandard => binary.ToGuid(),
        _ => binary,
    };

    private static object MapArray(BsonArray array, BsonTypeMapperOptions options)
    {
        if (options.MapBsonArrayTo == typeof(BsonArray))
        {
            return array;
        }
        var items = array.Select(item => MapToDotNetValue(item, options));
        if (options.MapBsonArrayTo == typeof(object[]))
        {
            return items.ToArray();
        }
        if (Activator.CreateInstance(options.MapBsonArrayTo) is not IList list)
        {
            throw new NotSupportedException($"An array cannot be mapped to {options.MapBsonArrayTo.FullName}, which is not a list.");
        }
        foreach (var item in items)
        {
            list.Add(item);
        }
        return list;
    }

    private static object MapDocument(BsonDocument document, BsonTypeMapperOptions options)
    {
        if (options.MapBsonDocumentTo == typeof(BsonDocument))
        {
            return document;
        }
        var result = Activator.CreateInstance(options.MapBsonDocumentTo);
        Func<string, bool> contains;
        Action<string, object> set;
        switch (result)
        {
            case IDictionary<string, object> dictionary:
                (contains, set) = (dictionary.ContainsKey, (name, value) => dictionary[name] = value);
                break;
            case IDictionary dictionary:
                (contains, set) = (dictionary.Contains, (name, value) => dictionary[name] = value);
                break;
            default:
                throw new NotSupportedException($"A document cannot be mapped to {options.MapBsonDocumentTo.FullName}, which is not a dictionary.");
        }
        foreach (var element in document)
        {
            var isDuplicate = options.DuplicateNameHandling != DuplicateNameHandling.Overwrite && contains(element.Name);
            if (isDuplicate && options.DuplicateNameHandling == DuplicateNameHandling.ThrowException)
            {
                throw new ArgumentOutOfRangeException(nameof(document), $"The document has several elements '{element.Name}'.");
            }
            if (!isDuplicate)
            {
                set(element.Name, MapToDotNetValue(element.Value, options));
            }
        }
        return result;
    }
}
