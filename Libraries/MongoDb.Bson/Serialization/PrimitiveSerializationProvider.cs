using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers of the types that are one value: numbers, text, dates, enumerations, tuples and the like.</summary>
public class PrimitiveSerializationProvider : BsonSerializationProviderBase
{
    private static readonly Dictionary<Type, Type> SerializerTypes = new()
    {
        [typeof(bool)] = typeof(BooleanSerializer),
        [typeof(byte)] = typeof(ByteSerializer),
        [typeof(byte[])] = typeof(ByteArraySerializer),
        [typeof(char)] = typeof(CharSerializer),
        [typeof(CultureInfo)] = typeof(CultureInfoSerializer),
        [typeof(DateTime)] = typeof(DateTimeSerializer),
        [typeof(DateOnly)] = typeof(DateOnlySerializer),
        [typeof(DateTimeOffset)] = typeof(DateTimeOffsetSerializer),
        [typeof(decimal)] = typeof(DecimalSerializer),
        [typeof(Decimal128)] = typeof(Decimal128Serializer),
        [typeof(double)] = typeof(DoubleSerializer),
        [typeof(Guid)] = typeof(GuidSerializer),
        [typeof(Half)] = typeof(HalfSerializer),
        [typeof(short)] = typeof(Int16Serializer),
        [typeof(int)] = typeof(Int32Serializer),
        [typeof(long)] = typeof(Int64Serializer),
        [typeof(IPAddress)] = typeof(IPAddressSerializer),
        [typeof(IPEndPoint)] = typeof(IPEndPointSerializer),
        [typeof(object)] = typeof(ObjectSerializer),
        [typeof(ObjectId)] = typeof(ObjectIdSerializer),
        [typeof(Regex)] = typeof(RegexSerializer),
        [typeof(sbyte)] = typeof(SByteSerializer),
        [typeof(float)] = typeof(SingleSerializer),
        [typeof(string)] = typeof(StringSerializer),
        [typeof(TimeOnly)] = typeof(TimeOnlySerializer),
        [typeof(TimeSpan)] = typeof(TimeSpanSerializer),
        [typeof(ushort)] = typeof(UInt16Serializer),
        [typeof(uint)] = typeof(UInt32Serializer),
        [typeof(ulong)] = typeof(UInt64Serializer),
        [typeof(Uri)] = typeof(UriSerializer),
        [typeof(Version)] = typeof(VersionSerializer),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairSerializer<,>),
        [typeof(Nullable<>)] = typeof(NullableSerializer<>),
        [typeof(Tuple<>)] = typeof(TupleSerializer<>),
        [typeof(ValueTuple<>)] = typeof(ValueTupleSerializer<>),
        [typeof(Tuple<,>)] = typeof(TupleSerializer<,>),
        [typeof(ValueTuple<,>)] = typeof(ValueTupleSerializer<,>),
        [typeof(Tuple<,,>)] = typeof(TupleSerializer<,,>),
        [typeof(ValueTuple<,,>)] = typeof(ValueTupleSerializer<,,>),
        [typeof(Tuple<,,,>)] = typeof(TupleSerializer<,,,>),
        [typeof(ValueTuple<,,,>)] = typeof(ValueTupleSerializer<,,,>),
        [typeof(Tuple<,,,,>)] = typeof(TupleSerializer<,,,,>),
        [typeof(ValueTuple<,,,,>)] = typeof(ValueTupleSerializer<,,,,>),
        [typeof(Tuple<,,,,,>)] = typeof(TupleSerializer<,,,,,>),
        [typeof(ValueTuple<,,,,,>)] = typeof(ValueTupleSerializer<,,,,,>),
        [typeof(Tuple<,,,,,,>)] = typeof(TupleSerializer<,,,,,,>),
        [typeof(ValueTuple<,,,,,,>)] = typeof(ValueTupleSerializer<,,,,,,>),
        [typeof(Tuple<,,,,,,,>)] = typeof(TupleSerializer<,,,,,,,>),
        [typeof(ValueTuple<,,,,,,,>)] = typeof(ValueTupleSerializer<,,,,,,,>),
    };

    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (SerializerTypes.TryGetValue(type, out var serializerType))
        {
            return CreateSerializer(serializerType, serializerRegistry);
        }
        if (type.IsGenericType && SerializerTypes.TryGetValue(type.GetGenericTypeDefinition(), out serializerType))
        {
            return CreateGenericSerializer(serializerType, type.GetGenericArguments(), serializerRegistry);
        }
        return type.IsEnum ? CreateGenericSerializer(typeof(EnumSerializer<>), [type], serializerRegistry) : null;
    }
}
