namespace MongoDB.Bson;

/// <content>
/// <see cref="IConvertible"/>, by the conversions of the .NET value that a subclass holds. Types without such a value
/// refuse every conversion.
/// </content>
public abstract partial class BsonValue
{
    private protected virtual IConvertible ConvertibleValue => throw new InvalidCastException($"A {GetType().Name} cannot be converted.");

    protected virtual TypeCode IConvertibleGetTypeCodeImplementation() => TypeCode.Object;

    protected virtual bool IConvertibleToBooleanImplementation(IFormatProvider provider) => ConvertibleValue.ToBoolean(provider);

    protected virtual byte IConvertibleToByteImplementation(IFormatProvider provider) => ConvertibleValue.ToByte(provider);

    protected virtual char IConvertibleToCharImplementation(IFormatProvider provider) => ConvertibleValue.ToChar(provider);

    protected virtual DateTime IConvertibleToDateTimeImplementation(IFormatProvider provider) => ConvertibleValue.ToDateTime(provider);

    protected virtual decimal IConvertibleToDecimalImplementation(IFormatProvider provider) => ConvertibleValue.ToDecimal(provider);

    protected virtual double IConvertibleToDoubleImplementation(IFormatProvider provider) => ConvertibleValue.ToDouble(provider);

    protected virtual short IConvertibleToInt16Implementation(IFormatProvider provider) => ConvertibleValue.ToInt16(provider);

    protected virtual int IConvertibleToInt32Implementation(IFormatProvider provider) => ConvertibleValue.ToInt32(provider);

    protected virtual long IConvertibleToInt64Implementation(IFormatProvider provider) => ConvertibleValue.ToInt64(provider);

    protected virtual sbyte IConvertibleToSByteImplementation(IFormatProvider provider) => ConvertibleValue.ToSByte(provider);

    protected virtual float IConvertibleToSingleImplementation(IFormatProvider provider) => ConvertibleValue.ToSingle(provider);

    protected virtual string IConvertibleToStringImplementation(IFormatProvider provider) => ConvertibleValue.ToString(provider);

    protected virtual ushort IConvertibleToUInt16Implementation(IFormatProvider provider) => ConvertibleValue.ToUInt16(provider);

    protected virtual uint IConvertibleToUInt32Implementation(IFormatProvider provider) => ConvertibleValue.ToUInt32(provider);

    protected virtual ulong IConvertibleToUInt64Implementation(IFormatProvider provider) => ConvertibleValue.ToUInt64(provider);

    TypeCode IConvertible.GetTypeCode() => IConvertibleGetTypeCodeImplementation();

    bool IConvertible.ToBoolean(IFormatProvider provider) => IConvertibleToBooleanImplementation(provider);

    byte IConvertible.ToByte(IFormatProvider provider) => IConvertibleToByteImplementation(provider);

    char IConvertible.ToChar(IFormatProvider provider) => IConvertibleToCharImplementation(provider);

    DateTime IConvertible.ToDateTime(IFormatProvider provider) => IConvertibleToDateTimeImplementation(provider);

    decimal IConvertible.ToDecimal(IFormatProvider provider) => IConvertibleToDecimalImplementation(provider);

    double IConvertible.ToDouble(IFormatProvider provider) => IConvertibleToDoubleImplementation(provider);

    short IConvertible.ToInt16(IFormatProvider provider) => IConvertibleToInt16Implementation(provider);

    int IConvertible.ToInt32(IFormatProvider provider) => IConvertibleToInt32Implementation(provider);

    long IConvertible.ToInt64(IFormatProvider provider) => IConvertibleToInt64Implementation(provider);

    sbyte IConvertible.ToSByte(IFormatProvider provider) => IConvertibleToSByteImplementation(provider);

    float IConvertible.ToSingle(IFormatProvider provider) => IConvertibleToSingleImplementation(provider);

    string IConvertible.ToString(IFormatProvider provider) => IConvertibleToStringImplementation(provider);

    ushort IConvertible.ToUInt16(IFormatProvider provider) => IConvertibleToUInt16Implementation(provider);

    uint IConvertible.ToUInt32(IFormatProvider provider) => IConvertibleToUInt32Implementation(provider);

    ulong IConvertible.ToUInt64(IFormatProvider provider) => IConvertibleToUInt64Implementation(provider);

    object IConvertible.ToType(Type conversionType, IFormatProvider provider)
    {
        ArgumentNullException.ThrowIfNull(conversionType);
        return conversionType == typeof(object) || conversionType.IsInstanceOfType(this)
            ? this
            : Type.GetTypeCode(conversionType) switch
            {
                TypeCode.Boolean => (object)IConvertibleToBooleanImplementation(provider),
                TypeCode.Byte => (object)IConvertibleToByteImplementation(provider),
                TypeCode.Char => (object)IConvertibleToCharImplementation(provider),
                TypeCode.DateTime => (object)IConvertibleToDateTimeImplementation(provider),
                TypeCode.Decimal => (object)IConvertibleToDecimalImplementation(provider),
                TypeCode.Double => (object)IConvertibleToDoubleImplementation(provider),
                TypeCode.Int16 => (object)IConvertibleToInt16Implementation(provider),
                TypeCode.Int32 => (object)IConvertibleToInt32Implementation(provider),
                TypeCode.Int64 => (object)IConvertibleToInt64Implementation(provider),
                TypeCode.SByte => (object)IConvertibleToSByteImplementation(provider),
                TypeCode.Single => (object)IConvertibleToSingleImplementation(provider),
                TypeCode.String => (object)IConvertibleToStringImplementation(provider),
                TypeCode.UInt16 => (object)IConvertibleToUInt16Implementation(provider),
                TypeCode.UInt32 => (object)IConvertibleToUInt32Implementation(provider),
                TypeCode.UInt64 => (object)IConvertibleToUInt64Implementation(provider),
                _ => throw new InvalidCastException($"A {GetType().Name} cannot be converted to {conversionType.Name}."),
            };
    }
}
