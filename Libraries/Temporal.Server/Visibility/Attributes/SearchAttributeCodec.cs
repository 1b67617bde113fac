using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Attributes;

/// <summary>
/// Converts between a search attribute's payload (encoding <c>json/plain</c>, metadata <c>type</c>) and the values that are
/// indexed: text for Keyword and the elements of KeywordList, one lower-case token for each word of Text, <see cref="long"/>
/// for Int, Bool (0 or 1) and Datetime (nanoseconds since 1970), <see cref="double"/> for Double.
/// </summary>
internal static class SearchAttributeCodec
{
    private const string JsonEncoding = "json/plain";
    private const string NullEncoding = "binary/null";

    /// <summary>The values under which a payload is found; none when the attribute is null or empty, which means unset.</summary>
    /// <exception cref="SearchAttributeException">The payload does not hold a value of <paramref name="type"/>.</exception>
    public static IReadOnlyList<object> Decode(string name, IndexedValueType type, Payload payload)
    {
        if (payload.Data.IsEmpty || Metadata(payload, "encoding") == NullEncoding)
        {
            return [];
        }
        try
        {
            using var document = JsonDocument.Parse(payload.Data.Memory);
            return Decode(document.RootElement, type);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new SearchAttributeException($"invalid value for search attribute {name} of type {TypeName(type)}: {Shown(payload)}");
        }
    }

    /// <summary>A payload that holds <paramref name="value"/>, as clients expect it in replies.</summary>
    /// <param name="type">The attribute's type.</param>
    /// <param name="value">Text, or an indexed value; null gives an empty payload.</param>
    public static Payload Encode(IndexedValueType type, object? value)
    {
        object? shown = (type, value) switch
        {
            (IndexedValueType.Bool, long number) => number != 0,
            (IndexedValueType.Datetime, long nanoseconds) => Timestamps.Format(nanoseconds),
            _ => value,
        };
        return WithType(type, new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8(JsonEncoding) },
            Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(shown)),
        });
    }

    /// <summary>Adds the metadata <c>type</c>, which clients read before they decode the value.</summary>
    public static Payload WithType(IndexedValueType type, Payload payload)
    {
        var typed = payload.Clone();
        typed.Metadata["type"] = ByteString.CopyFromUtf8(TypeName(type));
        return typed;
    }

    /// <summary>The words of a Text value: runs of letters and digits, in lower case, each once.</summary>
    public static IReadOnlyList<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else
            {
                Flush();
            }
        }
        Flush();
        return tokens;

        void Flush()
        {
            var token = word.ToString();
            word.Clear();
            if (token.Length > 0 && !tokens.Contains(token))
            {
                tokens.Add(token);
            }
        }
    }

    /// <summary>The type's name in metadata and messages, such as <c>KeywordList</c>.</summary>
    public static string TypeName(IndexedValueType type) => type.ToString();

    private static List<object> Decode(JsonElement json, IndexedValueType type)
    {
        // The official server takes a list of one element for every type.
        if (json.ValueKind == JsonValueKind.Array && type != IndexedValueType.KeywordList)
        {
            if (json.GetArrayLength() > 1)
            {
                throw new FormatException("a list");
            }
            return json.GetArrayLength() == 0 ? [] : Decode(json[0], type);
        }
        return json.ValueKind == JsonValueKind.Null ? [] : type switch
        {
            IndexedValueType.Keyword => [Text(json)],
            IndexedValueType.Text => [.. Tokens(Text(json))],
            IndexedValueType.KeywordList when json.ValueKind == JsonValueKind.Array =>
                [.. json.EnumerateArray().Select(Text).Distinct(StringComparer.Ordinal)],
            IndexedValueType.KeywordList => [Text(json)],
            IndexedValueType.Int => [Integer(json)],
            IndexedValueType.Double => [json.GetDouble()],
            IndexedValueType.Bool => [json.GetBoolean() ? 1L : 0L],
            IndexedValueType.Datetime => [Timestamps.Parse(Text(json))],
            _ => throw new FormatException("unknown type"),
        };
    }

    private static string Text(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? json.GetString()! : throw new FormatException("not a text");

    private static long Integer(JsonElement json)
    {
        if (json.TryGetInt64(out var number))
        {
            return number;
        }
        // Clients in JavaScript and Python may write 1 as 1.0 or 1e3.
        var value = json.GetDecimal();
        return decimal.Truncate(value) == value ? decimal.ToInt64(value) : throw new FormatException("not an integer");
    }

    private static string? Metadata(Payload payload, string key) =>
        payload.Metadata.TryGetValue(key, out var value) ? value.ToStringUtf8() : null;

    private static string Shown(Payload payload)
    {
        const int shownCharacters = 100;
        var text = payload.Data.ToStringUtf8();
        return text.Length <= shownCharacters ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, shownCharacters)}…");
    }
}
