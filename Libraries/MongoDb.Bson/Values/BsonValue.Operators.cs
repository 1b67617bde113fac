using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <content>Conversions from and to .NET values, and comparisons.</content>
public abstract partial class BsonValue
{
    public static implicit operator BsonValue(bool value) => (BsonBoolean)value;

    public static implicit operator BsonValue(bool? value) => value is { } present ? (BsonBoolean)present : BsonNull.Value;

    public static implicit operator BsonValue(DateTime value) => (BsonDateTime)value;

    public static implicit operator BsonValue(DateTime? value) => value is { } present ? (BsonDateTime)present : BsonNull.Value;

    public static implicit operator BsonValue(decimal value) => (BsonDecimal128)(Decimal128)value;

    public static implicit operator BsonValue(decimal? value) => value is { } present ? (BsonDecimal128)(Decimal128)present : BsonNull.Value;

    public static implicit operator BsonValue(Decimal128 value) => (BsonDecimal128)value;

    public static implicit operator BsonValue(Decimal128? value) => value is { } present ? (BsonDecimal128)present : BsonNull.Value;

    public static implicit operator BsonValue(double value) => (BsonDouble)value;

    public static implicit operator BsonValue(double? value) => value is { } present ? (BsonDouble)present : BsonNull.Value;

    public static implicit operator BsonValue(int value) => (BsonInt32)value;

    public static implicit operator BsonValue(int? value) => value is { } present ? (BsonInt32)present : BsonNull.Value;

    public static implicit operator BsonValue(long value) => (BsonInt64)value;

    public static implicit operator BsonValue(long? value) => value is { } present ? (BsonInt64)present : BsonNull.Value;

    public static implicit operator BsonValue(ObjectId value) => (BsonObjectId)value;

    public static implicit operator BsonValue(ObjectId? value) => value is { } present ? (BsonObjectId)present : BsonNull.Value;

    public static implicit operator BsonValue(byte[] value) => (BsonBinaryData)value;

    public static implicit operator BsonValue(Enum value) => BsonTypeMapper.MapToBsonValue(value);

    public static implicit operator BsonValue(Regex value) => (BsonRegularExpression)value;

    public static implicit operator BsonValue(string value) => (BsonString)value;

    public static explicit operator bool(BsonValue value) => Present(value, typeof(bool)).AsBoolean;

    public static explicit operator bool?(BsonValue value) => value?.AsNullableBoolean;

    public static explicit operator DateTime(BsonValue value) => Present(value, typeof(DateTime)).AsUniversalTime;

    public static explicit operator DateTime?(BsonValue value) => value?.AsNullableUniversalTime;

    public static explicit operator decimal(BsonValue value) => Present(value, typeof(decimal)).AsDecimal;

    public static explicit operator decimal?(BsonValue value) => value?.AsNullableDecimal;

    public static explicit operator Decimal128(BsonValue value) => Present(value, typeof(Decimal128)).AsDecimal128;

    public static explicit operator Decimal128?(BsonValue value) => value?.AsNullableDecimal128;

    public static explicit operator double(BsonValue value) => Present(value, typeof(double)).AsDouble;

    public static explicit operator double?(BsonValue value) => value?.AsNullableDouble;

    public static explicit operator Guid(BsonValue value) => Present(value, typeof(Guid)).AsGuid;

    public static explicit operator Guid?(BsonValue value) => value?.AsNullableGuid;

    public static explicit operator int(BsonValue value) => Present(value, typeof(int)).AsInt32;

    public static explicit operator int?(BsonValue value) => value?.AsNullableInt32;

    public static explicit operator long(BsonValue value) => Present(value, typeof(long)).AsInt64;

    public static explicit operator long?(BsonValue value) => value?.AsNullableInt64;

    public static explicit operator ObjectId(BsonValue value) => Present(value, typeof(ObjectId)).AsObjectId;

    public static explicit operator ObjectId?(BsonValue value) => value?.AsNullableObjectId;

    public static explicit operator byte[](BsonValue value) => value?.AsByteArray;

    public static explicit operator Regex(BsonValue value) => value?.AsRegex;

    public static explicit operator string(BsonValue value) => value?.AsString;

    public static bool operator ==(BsonValue lhs, BsonValue rhs) => lhs is null ? rhs is null : lhs.OperatorEqualsImplementation(rhs);

    public static bool operator !=(BsonValue lhs, BsonValue rhs) => !(lhs == rhs);

    public static bool operator <(BsonValue lhs, BsonValue rhs) => lhs is null ? rhs is not null : lhs.CompareTo(rhs) < 0;

    public static bool operator <=(BsonValue lhs, BsonValue rhs) => lhs is null || lhs.CompareTo(rhs) <= 0;

    public static bool operator >(BsonValue lhs, BsonValue rhs) => !(lhs <= rhs);

    public static bool operator >=(BsonValue lhs, BsonValue rhs) => !(lhs < rhs);

    private static BsonValue Present(BsonValue value, Type type) =>
        value ?? throw new InvalidCastException($"null cannot be converted to {type.Name}.");
}
