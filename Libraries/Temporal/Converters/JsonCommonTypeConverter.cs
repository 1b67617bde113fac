using System.Text.Json;
using System.Text.Json.Serialization;

namespace Temporalio.Converters;

/// <summary>
/// Reads JSON of unknown shape as plain .NET values: dictionaries, lists, strings, longs, doubles, booleans and null,
/// in place of <see cref="JsonElement" />.
/// </summary>
public class JsonCommonTypeConverter : JsonConverter<object?>
{
    /// <summary>The converter.</summary>
    public static readonly JsonCommonTypeConverter Instance = new();

    /// <inheritdoc />
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.StartObject => JsonSerializer.Deserialize<Dictionary<string, object?>>(ref reader, options),
        JsonTokenType.StartArray => JsonSerializer.Deserialize<List<object?>>(ref reader, options),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => throw new JsonException($"Unrecognized type: {reader.TokenType}"),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value?.GetType() ?? typeof(object), options);
}
