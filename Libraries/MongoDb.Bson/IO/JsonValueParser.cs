using System.Globalization;
using System.Text.RegularExpressions;

namespace MongoDB.Bson.IO;

/// <summary>
/// Parses one value. Of a document or array only the first sign is taken, and of code with a scope everything up to the
/// scope.
/// </summary>
internal sealed partial class JsonValueParser(JsonScanner scanner)
{
    /// <summary>The code, after code with a scope.</summary>
    public string Code { get; private set; }

    public (BsonType Type, BsonValue Value) Parse()
    {
        var token = scanner.Next();
        switch (token.Kind)
        {
            case JsonTokenKind.String:
                return Scalar((BsonString)token.Text);
            case JsonTokenKind.Int32:
                return Scalar((BsonInt32)(int)token.Integer);
            case JsonTokenKind.Int64:
                return Scalar((BsonInt64)token.Integer);
            case JsonTokenKind.Double:
                return Scalar((BsonDouble)token.Double);
            case JsonTokenKind.RegularExpression:
                return Scalar(new BsonRegularExpression(token.Text));
            case JsonTokenKind.Word:
                return Scalar(ParseWord(token));
            case JsonTokenKind.Punctuation when token.Text == "[":
                return (BsonType.Array, null);
            case JsonTokenKind.Punctuation when token.Text == "{":
                return ParseDocumentOrExtended();
            default:
                throw JsonScanner.Error($"'{token.Text}' instead of a value", token.Position);
        }
    }

    private static (BsonType Type, BsonValue Value) Scalar(BsonValue value) => (value.BsonType, value);

    private BsonValue ParseWord(JsonToken word) => word.Text switch
    {
        "true" => BsonBoolean.True,
        "false" => BsonBoolean.False,
        "null" => BsonNull.Value,
        "undefined" => BsonUndefined.Value,
        "NaN" => (BsonDouble)double.NaN,
        "Infinity" => (BsonDouble)double.PositiveInfinity,
        "MinKey" => SkipEmptyArguments(BsonMinKey.Value),
        "MaxKey" => SkipEmptyArguments(BsonMaxKey.Value),
        "new" => ParseConstructor(scanner.Next()),
        _ => ParseConstructor(word),
    };

    private BsonValue SkipEmptyArguments(BsonValue value)
    {
        if (scanner.TrySkip("("))
        {
            scanner.Expect(")");
        }
        return value;
    }

    private BsonValue ParseConstructor(JsonToken name)
    {
        if (name.Kind != JsonTokenKind.Word || !scanner.TrySkip("("))
        {
            throw JsonScanner.Error($"'{name.Text}' instead of a value", name.Position);
        }
        var arguments = new List<JsonToken>();
        while (!scanner.TrySkip(")"))
        {
            if (arguments.Count > 0)
            {
                scanner.Expect(",");
            }
            arguments.Add(scanner.Next());
        }
        try
        {
            return Construct(name.Text, arguments) ?? throw JsonScanner.Error($"'{name.Text}' with these arguments", name.Position);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw new FormatException(JsonScanner.Error($"'{name.Text}' with these arguments", name.Position).Message, exception);
        }
    }

    private static BsonValue Construct(string name, List<JsonToken> arguments) => (name, arguments) switch
    {
        ("ObjectId", [{ Kind: JsonTokenKind.String } id]) => (BsonObjectId)ObjectId.Parse(id.Text),
        ("NumberInt" or "Int32", [var number]) => (BsonInt32)JsonConvert.ToInt32(NumberText(number)),
        ("NumberLong" or "Long", [var number]) => (BsonInt64)JsonConvert.ToInt64(NumberText(number)),
        ("Double", [var number]) => (BsonDouble)JsonConvert.ToDouble(NumberText(number)),
        ("NumberDecimal" or "Decimal128", [var number]) => (BsonDecimal128)Decimal128.Parse(NumberText(number)),
        ("Date" or "ISODate", [{ Kind: JsonTokenKind.Int32 or JsonTokenKind.Int64 } milliseconds]) => new BsonDateTime(milliseconds.Integer),
        ("Date" or "ISODate", [{ Kind: JsonTokenKind.String } text]) => ParseDate(text.Text),
        ("Timestamp", [{ IsNumber: true } seconds, { IsNumber: true } increment]) => ParseTimestamp(seconds.Integer, increment.Integer),
        ("BinData", [{ IsNumber: true } subType, { Kind: JsonTokenKind.String } base64]) =>
            new BsonBinaryData(Convert.FromBase64String(base64.Text), SubType(subType.Integer)),
        ("HexData", [{ IsNumber: true } subType, { Kind: JsonTokenKind.String } hex]) =>
            new BsonBinaryData(BsonUtils.ParseHexString(hex.Text), SubType(subType.Integer)),
        ("UUID" or "GUID", [{ Kind: JsonTokenKind.String } guid]) => ParseGuid(guid.Text, GuidRepresentation.Standard),
        ("CSUUID" or "CSGUID", [{ Kind: JsonTokenKind.String } guid]) => ParseGuid(guid.Text, GuidRepresentation.CSharpLegacy),
        ("JUUID" or "JGUID", [{ Kind: JsonTokenKind.String } guid]) => ParseGuid(guid.Text, GuidRepresentation.JavaLegacy),
        ("PYUUID" or "PYGUID", [{ Kind: JsonTokenKind.String } guid]) => ParseGuid(guid.Text, GuidRepresentation.PythonLegacy),
        ("RegExp", [{ Kind: JsonTokenKind.String } pattern]) => new BsonRegularExpression(pattern.Text, string.Empty),
        ("RegExp", [{ Kind: JsonTokenKind.String } pattern, { Kind: JsonTokenKind.String } options]) =>
            new BsonRegularExpression(pattern.Text, options.Text),
        _ => null,
    };

    private static string NumberText(JsonToken token) =>
        token.IsNumber || token.Kind == JsonTokenKind.String ? token.Text : throw JsonScanner.Error($"'{token.Text}' instead of a number", token.Position);

    private static BsonBinarySubType SubType(long number) =>
        number is >= 0 and <= 255 ? (BsonBinarySubType)number : throw new FormatException($"{number} is not a subtype of binary data.");

    private static BsonTimestamp ParseTimestamp(long seconds, long increment) =>
        new(unchecked((int)checked((uint)seconds)), unchecked((int)checked((uint)increment)));

    private static BsonBinaryData ParseGuid(string text, GuidRepresentation representation) =>
        Guid.TryParse(text, out var guid) ? new BsonBinaryData(guid, representation) : throw new FormatException($"'{text}' is not a GUID.");

    private static BsonDateTime ParseDate(string text) =>
        DateText.IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? new BsonDateTime(moment.UtcDateTime)
            : throw new FormatException($"'{text}' is not a date in ISO 8601.");

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DateText { get; }
}
