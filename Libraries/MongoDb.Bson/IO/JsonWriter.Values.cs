using System.Buffers;
using System.Globalization;

namespace MongoDB.Bson.IO;

/// <content>Values in each dialect.</content>
public partial class JsonWriter
{
    private static readonly SearchValues<char> SignsAndDigits = SearchValues.Create("+-0123456789");

    private bool IsShell => Settings.OutputMode == JsonOutputMode.Shell;

    private bool IsCanonical => Settings.OutputMode == JsonOutputMode.CanonicalExtendedJson;

    public override void WriteBinaryData(BsonBinaryData binaryData)
    {
        ArgumentNullException.ThrowIfNull(binaryData);
        var base64 = Convert.ToBase64String(binaryData.Bytes);
        Write(nameof(WriteBinaryData), IsShell
            ? binaryData.SubType switch
            {
                BsonBinarySubType.UuidStandard => $"UUID(\"{binaryData.ToGuid()}\")",
                BsonBinarySubType.UuidLegacy => $"HexData(3, \"{BsonUtils.ToHexString(binaryData.Bytes)}\")",
                _ => $"new BinData({(int)binaryData.SubType}, \"{base64}\")",
            }
            : $"{{ \"$binary\" : {{ \"base64\" : \"{base64}\", \"subType\" : \"{(int)binaryData.SubType:x2}\" }} }}");
    }

    public override void WriteBoolean(bool value) => Write(nameof(WriteBoolean), value ? "true" : "false");

    public override void WriteBytes(byte[] bytes) => WriteBinaryData(new BsonBinaryData(bytes));

    public override void WriteDateTime(long value) => Write(nameof(WriteDateTime), Settings.OutputMode switch
    {
        JsonOutputMode.RelaxedExtendedJson when value >= 0 && value <= BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch =>
            $"{{ \"$date\" : \"{IsoText(value)}\" }}",
        JsonOutputMode.Shell when new BsonDateTime(value).IsValidDateTime => $"ISODate(\"{IsoText(value)}\")",
        JsonOutputMode.Shell => $"new Date({JsonConvert.ToString(value)})",
        _ => $"{{ \"$date\" : {{ \"$numberLong\" : \"{JsonConvert.ToString(value)}\" }} }}",
    });

    public override void WriteDecimal128(Decimal128 value) =>
        Write(nameof(WriteDecimal128), IsShell ? $"NumberDecimal(\"{value}\")" : $"{{ \"$numberDecimal\" : \"{value}\" }}");

    public override void WriteDouble(double value)
    {
        var text = JsonConvert.ToString(value);
        // A whole number gets a fraction, so that it is read as a double again.
        text = text.AsSpan().ContainsAnyExcept(SignsAndDigits) ? text : text + ".0";
        Write(nameof(WriteDouble), IsCanonical || (!IsShell && !double.IsFinite(value)) ? $"{{ \"$numberDouble\" : \"{text}\" }}" : text);
    }

    public override void WriteGuid(Guid value, GuidRepresentation guidRepresentation)
    {
        if (!IsShell)
        {
            base.WriteGuid(value, guidRepresentation);
            return;
        }
        var constructor = guidRepresentation switch
        {
            GuidRepresentation.Standard => "UUID",
            GuidRepresentation.CSharpLegacy => "CSUUID",
            GuidRepresentation.JavaLegacy => "JUUID",
            GuidRepresentation.PythonLegacy => "PYUUID",
            _ => throw new ArgumentException("The representation must not be Unspecified.", nameof(guidRepresentation)),
        };
        Write(nameof(WriteGuid), $"{constructor}(\"{value}\")");
    }

    public override void WriteInt32(int value)
    {
        var text = JsonConvert.ToString(value);
        Write(nameof(WriteInt32), IsCanonical ? $"{{ \"$numberInt\" : \"{text}\" }}" : text);
    }

    public override void WriteInt64(long value)
    {
        var text = JsonConvert.ToString(value);
        Write(nameof(WriteInt64), Settings.OutputMode switch
        {
            JsonOutputMode.CanonicalExtendedJson => $"{{ \"$numberLong\" : \"{text}\" }}",
            JsonOutputMode.RelaxedExtendedJson => text,
            _ => value is >= int.MinValue and <= int.MaxValue ? $"NumberLong({text})" : $"NumberLong(\"{text}\")",
        });
    }

    public override void WriteJavaScript(string code) => WriteStringForm(nameof(WriteJavaScript), "$code", code);

    public override void WriteMaxKey() => Write(nameof(WriteMaxKey), IsShell ? "MaxKey" : "{ \"$maxKey\" : 1 }");

    public override void WriteMinKey() => Write(nameof(WriteMinKey), IsShell ? "MinKey" : "{ \"$minKey\" : 1 }");

    public override void WriteNull() => Write(nameof(WriteNull), "null");

    public override void WriteObjectId(ObjectId objectId) =>
        Write(nameof(WriteObjectId), IsShell ? $"ObjectId(\"{objectId}\")" : $"{{ \"$oid\" : \"{objectId}\" }}");

    public override void WriteRegularExpression(BsonRegularExpression regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        if (IsShell)
        {
            Write(nameof(WriteRegularExpression), regex.ToString());
            return;
        }
        Write(nameof(WriteRegularExpression), "{ \"$regularExpression\" : { \"pattern\" : ");
        WriteQuoted(regex.Pattern);
        _text.Write(", \"options\" : ");
        WriteQuoted(regex.Options);
        _text.Write(" } }");
    }

    public override void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        RequireValue(nameof(WriteString));
        StartValue();
        WriteQuoted(value);
        EndValue();
    }

    public override void WriteSymbol(string value) => WriteStringForm(nameof(WriteSymbol), "$symbol", value);

    public override void WriteTimestamp(long value)
    {
        var timestamp = new BsonTimestamp(value);
        var (seconds, increment) = (JsonConvert.ToString((uint)timestamp.Timestamp), JsonConvert.ToString((uint)timestamp.Increment));
        Write(nameof(WriteTimestamp), IsShell
            ? $"Timestamp({seconds}, {increment})"
            : $"{{ \"$timestamp\" : {{ \"t\" : {seconds}, \"i\" : {increment} }} }}");
    }

    public override void WriteUndefined() => Write(nameof(WriteUndefined), IsShell ? "undefined" : "{ \"$undefined\" : true }");

    private static string IsoText(long milliseconds) => BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(milliseconds)
        .ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);

    private void WriteStringForm(string methodName, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write(methodName, $"{{ \"{name}\" : ");
        WriteQuoted(value);
        _text.Write(" }");
    }

    private void Write(string methodName, string text)
    {
        RequireValue(methodName);
        StartValue();
        _text.Write(text);
        EndValue();
    }
}
