namespace MongoDB.Bson.IO;

/// <content>
/// Documents that stand for other values, by the Extended JSON specification. A document whose name begins so but whose
/// content is something else, such as a query with $regex, is a document.
/// </content>
internal sealed partial class JsonValueParser
{
    private (BsonType Type, BsonValue Value) ParseDocumentOrExtended()
    {
        var start = scanner.Position;
        var name = scanner.Peek();
        if (!name.IsName || !name.Text.StartsWith('$'))
        {
            return (BsonType.Document, null);
        }
        scanner.Next();
        if (scanner.TrySkip(":"))
        {
            try
            {
                if (name.Text == "$code")
                {
                    return ParseCode();
                }
                if (ParseForm(name.Text) is { } value && scanner.TrySkip("}"))
                {
                    return Scalar(value);
                }
            }
            catch (Exception exception) when (exception is OverflowException or ArgumentException)
            {
                throw new FormatException(JsonScanner.Error($"the value of {name.Text}", name.Position).Message, exception);
            }
        }
        scanner.Position = start;
        return (BsonType.Document, null);
    }

    private (BsonType Type, BsonValue Value) ParseCode()
    {
        var code = scanner.ExpectString();
        if (scanner.TrySkip("}"))
        {
            return Scalar(new BsonJavaScript(code));
        }
        scanner.Expect(",");
        if (scanner.Next() is not { IsName: true, Text: "$scope" })
        {
            throw JsonScanner.Error("an element other than $scope after $code", scanner.Position);
        }
        scanner.Expect(":");
        Code = code;
        return (BsonType.JavaScriptWithScope, null);
    }

    /// <summary>The value after the name and the colon; null where it does not have the form that the name asks for.</summary>
    private BsonValue ParseForm(string name)
    {
        switch (name)
        {
            case "$oid" when IsString(out var id):
                return (BsonObjectId)ObjectId.Parse(id);
            case "$symbol" when IsString(out var symbol):
                return BsonSymbolTable.Lookup(symbol);
            case "$numberInt" when IsStringOrNumber(out var number):
                return (BsonInt32)JsonConvert.ToInt32(number);
            case "$numberLong" when IsStringOrNumber(out var number):
                return (BsonInt64)JsonConvert.ToInt64(number);
            case "$numberDouble" when IsStringOrNumber(out var number):
                return (BsonDouble)JsonConvert.ToDouble(number);
            case "$numberDecimal" when IsStringOrNumber(out var number):
                return (BsonDecimal128)Decimal128.Parse(number);
            case "$uuid" or "$guid" when IsString(out var guid):
                return ParseGuid(guid, GuidRepresentation.Standard);
            case "$minKey" when IsNumber(out var one) && one == 1:
                return BsonMinKey.Value;
            case "$maxKey" when IsNumber(out var one) && one == 1:
                return BsonMaxKey.Value;
            case "$undefined" when scanner.Next().Text == "true":
                return BsonUndefined.Value;
            case "$date":
                return ParseDateForm();
            case "$binary":
                return ParseBinary();
            case "$timestamp":
                return ParseFields("t", "i") is [{ IsNumber: true } seconds, { IsNumber: true } increment]
                    ? ParseTimestamp(seconds.Integer, increment.Integer)
                    : null;
            case "$regularExpression":
                return ParseFields("pattern", "options") is [{ Kind: JsonTokenKind.String } pattern, { Kind: JsonTokenKind.String } options]
                    ? new BsonRegularExpression(pattern.Text, options.Text)
                    : null;
            case "$regex":
                return ParseOldRegularExpression();
            default:
                return null;
        }
    }

    private BsonDateTime ParseDateForm()
    {
        var token = scanner.Next();
        if (token.Kind == JsonTokenKind.String)
        {
            return ParseDate(token.Text);
        }
        if (token.Kind is JsonTokenKind.Int32 or JsonTokenKind.Int64)
        {
            return new BsonDateTime(token.Integer);
        }
        // { "$numberLong" : "…" }
        if (!token.Is("{") || scanner.Next().Text != "$numberLong" || !scanner.TrySkip(":") || !IsStringOrNumber(out var number))
        {
            return null;
        }
        return scanner.TrySkip("}") ? new BsonDateTime(JsonConvert.ToInt64(number)) : null;
    }

    private BsonBinaryData ParseBinary()
    {
        if (scanner.Peek().Is("{"))
        {
            return ParseFields("base64", "subType") is [{ Kind: JsonTokenKind.String } base64, { Kind: JsonTokenKind.String } subType]
                ? new BsonBinaryData(Convert.FromBase64String(base64.Text), HexSubType(subType.Text))
                : null;
        }
        // The older form: { "$binary" : "…", "$type" : "00" }
        if (!IsString(out var bytes) || !scanner.TrySkip(",") || scanner.Next().Text != "$type" || !scanner.TrySkip(":"))
        {
            return null;
        }
        var type = scanner.Next();
        return type.IsNumber ? new BsonBinaryData(Convert.FromBase64String(bytes), SubType(type.Integer))
            : type.Kind == JsonTokenKind.String ? new BsonBinaryData(Convert.FromBase64String(bytes), HexSubType(type.Text))
            : null;
    }

    private BsonRegularExpression ParseOldRegularExpression()
    {
        if (!IsString(out var pattern))
        {
            return null;
        }
        if (!scanner.TrySkip(","))
        {
            return new BsonRegularExpression(pattern, string.Empty);
        }
        return scanner.Next().Text == "$options" && scanner.TrySkip(":") && IsString(out var options) ? new BsonRegularExpression(pattern, options) : null;
    }

    /// <summary>The values of a nested document with exactly these two elements, in the order of the names.</summary>
    private JsonToken[] ParseFields(string first, string second)
    {
        if (!scanner.TrySkip("{"))
        {
            return null;
        }
        var values = new JsonToken[2];
        for (var count = 0; count < 2; count++)
        {
            if (count > 0 && !scanner.TrySkip(","))
            {
                return null;
            }
            var name = scanner.Next();
            var index = name.Text == first ? 0 : name.Text == second ? 1 : -1;
            if (!name.IsName || index < 0 || !scanner.TrySkip(":"))
            {
                return null;
            }
            values[index] = scanner.Next();
        }
        return scanner.TrySkip("}") ? values : null;
    }

    private static BsonBinarySubType HexSubType(string text) =>
        SubType(long.Parse(text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture));

    private bool IsString(out string text)
    {
        var token = scanner.Next();
        text = token.Text;
        return token.Kind == JsonTokenKind.String;
    }

    private bool IsStringOrNumber(out string text)
    {
        var token = scanner.Next();
        text = token.Text;
        return token.Kind == JsonTokenKind.String || token.IsNumber;
    }

    private bool IsNumber(out double number)
    {
        var token = scanner.Next();
        number = token.Double;
        return token.IsNumber;
    }
}
