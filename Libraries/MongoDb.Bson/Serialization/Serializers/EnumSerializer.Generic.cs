using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes an enumeration as number or text. Its names are made once.</summary>
public sealed class EnumSerializer<TEnum> : StructSerializerBase<TEnum>, IRepresentationConfigurable<EnumSerializer<TEnum>>, INamedValuesSerializer
    where TEnum : struct, Enum
{
    // So few are compared one by one sooner than looked up.
    private const int FewNames = 16;

    private static readonly TypeCode Underlying = Type.GetTypeCode(Enum.GetUnderlyingType(typeof(TEnum)));
    private static readonly FrozenDictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().Distinct().ToFrozenDictionary(value => value, value => value.ToString());

    private static readonly FrozenDictionary<string, TEnum> Values =
        Enum.GetNames<TEnum>().ToFrozenDictionary(name => name, Enum.Parse<TEnum>, StringComparer.Ordinal);

    public EnumSerializer() : this(0) { }

    /// <param name="representation">A number, text, or 0 for the number that fits the enumeration.</param>
    public EnumSerializer(BsonType representation) => Representation = representation switch
    {
        0 => Underlying is TypeCode.Int64 or TypeCode.UInt64 ? BsonType.Int64 : BsonType.Int32,
        BsonType.Int32 or BsonType.Int64 or BsonType.String => representation,
        _ => throw UnsupportedRepresentation(representation),
    };

    public BsonType Representation { get; }

    public override TEnum Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Int32 => FromNumber(reader.ReadInt32()),
            BsonType.Int64 => FromNumber(reader.ReadInt64()),
            BsonType.Double => FromDouble(reader.ReadDouble()),
            BsonType.String => FromText(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((EnumSerializer<TEnum>)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TEnum value)
    {
        ArgumentNullException.ThrowIfNull(context);
        switch (Representation)
        {
            case BsonType.Int32:
                context.Writer.WriteInt32(Underlying == TypeCode.UInt32 ? unchecked((int)ToNumber(value)) : checked((int)ToNumber(value)));
                break;
            case BsonType.Int64:
                context.Writer.WriteInt64(ToNumber(value));
                break;
            default:
                context.Writer.WriteString(Names.TryGetValue(value, out var name) ? name : value.ToString());
                break;
        }
    }

    public EnumSerializer<TEnum> WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new EnumSerializer<TEnum>(representation);

    object INamedValuesSerializer.CreatePlain(string elementName) =>
        Representation == BsonType.String && Names.Count <= FewNames ? new PlainValue.PlainName<TEnum>(elementName, Names) : null;

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);

    private static long ToNumber(TEnum value) => Underlying switch
    {
        TypeCode.Byte => Unsafe.BitCast<TEnum, byte>(value),
        TypeCode.SByte => Unsafe.BitCast<TEnum, sbyte>(value),
        TypeCode.Int16 => Unsafe.BitCast<TEnum, short>(value),
        TypeCode.UInt16 => Unsafe.BitCast<TEnum, ushort>(value),
        TypeCode.Int32 => Unsafe.BitCast<TEnum, int>(value),
        TypeCode.UInt32 => Unsafe.BitCast<TEnum, uint>(value),
        _ => Unsafe.BitCast<TEnum, long>(value),
    };

    private static TEnum FromNumber(long value) => Underlying switch
    {
        TypeCode.Byte => Unsafe.BitCast<byte, TEnum>(checked((byte)value)),
        TypeCode.SByte => Unsafe.BitCast<sbyte, TEnum>(checked((sbyte)value)),
        TypeCode.Int16 => Unsafe.BitCast<short, TEnum>(checked((short)value)),
        TypeCode.UInt16 => Unsafe.BitCast<ushort, TEnum>(checked((ushort)value)),
        TypeCode.Int32 => Unsafe.BitCast<int, TEnum>(checked((int)value)),
        // The large half of the values is written as negative numbers of 32 bits.
        TypeCode.UInt32 => Unsafe.BitCast<uint, TEnum>(value < 0 ? unchecked((uint)checked((int)value)) : checked((uint)value)),
        _ => Unsafe.BitCast<long, TEnum>(value),
    };

    private static TEnum FromDouble(double value)
    {
        var whole = checked((long)value);
        return whole == value ? FromNumber(whole) : throw new OverflowException($"{JsonConvert.ToString(value)} is not a whole number.");
    }

    private static TEnum FromText(string value) => Values.TryGetValue(value, out var known) ? known : Enum.Parse<TEnum>(value, ignoreCase: true);
}
