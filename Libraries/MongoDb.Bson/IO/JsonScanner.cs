using System.Globalization;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Splits the text of JSON, and of the shell's dialect, into tokens.</summary>
internal sealed class JsonScanner(string text)
{
    public int Position { get; set; }

    public JsonToken Peek()
    {
        var start = Position;
        var token = Next();
        Position = start;
        return token;
    }

    public JsonToken Next()
    {
        SkipWhiteSpace();
        if (Position == text.Length)
        {
            return new JsonToken(JsonTokenKind.End, "the end", Position);
        }
        var start = Position;
        var first = text[start];
        switch (first)
        {
            case '{' or '}' or '[' or ']' or '(' or ')' or ':' or ',':
                Position++;
                return new JsonToken(JsonTokenKind.Punctuation, text[start..Position], start);
            case '"' or '\'':
                return new JsonToken(JsonTokenKind.String, ReadQuoted(first), start);
            case '/':
                return new JsonToken(JsonTokenKind.RegularExpression, ReadRegularExpression(), start);
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
        }
        if (first is '$' or '_' || char.IsLetter(first))
        {
            while (Position < text.Length && (text[Position] is '$' or '_' || char.IsLetterOrDigit(text[Position])))
            {
                Position++;
            }
            return new JsonToken(JsonTokenKind.Word, text[start..Position], start);
        }
        throw Error($"the character '{first}'", start);
    }

    public JsonToken Expect(string punctuation)
    {
        var token = Next();
        return token.Is(punctuation) ? token : throw Error($"'{token.Text}' instead of '{punctuation}'", token.Position);
    }

    public bool TrySkip(string punctuation)
    {
        if (!Peek().Is(punctuation))
        {
            return false;
        }
        Next();
        return true;
    }

    public string ExpectString()
    {
        var token = Next();
        return token.Kind == JsonTokenKind.String ? token.Text : throw Error($"'{token.Text}' instead of a string", token.Position);
    }

    /// <summary>What a document with this text is refused with.</summary>
    public static FormatException Error(string what, int position) => new($"Invalid JSON: {what} at position {position}.");

    private void SkipWhiteSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }
    }

    private JsonToken ReadNumber()
    {
        var start = Position++;
        if (text[start] == '-' && string.CompareOrdinal(text, Position, "Infinity", 0, 8) == 0)
        {
            Position += 8;
            return new JsonToken(JsonTokenKind.Double, text[start..Position], start) { Double = double.NegativeInfinity };
        }
        while (Position < text.Length && (char.IsLetterOrDigit(text[Position]) || text[Position] is '.' or '+' or '-'))
        {
            Position++;
        }
        var number = text[start..Position];
        if (number.TrimStart('-') is ['0', >= '0' and <= '9', ..])
        {
            throw Error($"'{number}', which is not a number,", start);
        }
        // An integer that is too large for 64 bits becomes a double.
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            var kind = integer is >= int.MinValue and <= int.MaxValue ? JsonTokenKind.Int32 : JsonTokenKind.Int64;
            return new JsonToken(kind, number, start) { Integer = integer, Double = integer };
        }
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(number, Style, CultureInfo.InvariantCulture, out var value)
            ? new JsonToken(JsonTokenKind.Double, number, start) { Double = value }
            : throw Error($"'{number}', which is not a number,", start);
    }

    private string ReadRegularExpression()
    {
        var start = Position++;
        for (; Position < text.Length && text[Position] != '/'; Position++)
        {
            Position += text[Position] == '\\' ? 1 : 0;
        }
        if (Position >= text.Length)
        {
            throw Error("a regular expression without end", start);
        }
        Position++;
        while (Position < text.Length && char.IsLetter(text[Position]))
        {
            Position++;
        }
        return text[start..Position];
    }

    private string ReadQuoted(char quote)
    {
        var start = ++Position;
        var end = text.AsSpan(start).IndexOfAny(quote, '\\');
        if (end >= 0 && text[start + end] == quote)
        {
            Position = start + end + 1;
            return text[start..(start + end)];
        }
        var result = new StringBuilder();
        while (Position < text.Length)
        {
            var character = text[Position++];
            if (character == quote)
            {
                return result.ToString();
            }
            result.Append(character == '\\' ? ReadEscape() : character);
        }
        throw Error("a string without end", start - 1);
    }

    private char ReadEscape()
    {
        if (Position == text.Length)
        {
            throw Error("a string without end", Position);
        }
        var code = text[Position++];
        switch (code)
        {
            case '"' or '\'' or '\\' or '/':
                return code;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when Position + 4 <= text.Length && ushort.TryParse(
                text.AsSpan(Position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                Position += 4;
                return (char)unit;
            default:
                throw Error($"the escape '\\{code}'", Position - 2);
        }
    }
}
