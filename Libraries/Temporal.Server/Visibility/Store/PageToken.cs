using System.Text.Json;

namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>The sort key of the last row of a page, which is where the next one goes on.</summary>
internal static class PageToken
{
    /// <summary>Writes a key of texts, integers, doubles and nulls.</summary>
    public static byte[] Write(IReadOnlyList<object?> key) => JsonSerializer.SerializeToUtf8Bytes(key);

    /// <summary>Reads a key of <paramref name="length"/> parts; null when the token is not one.</summary>
    public static IReadOnlyList<object?>? Read(ReadOnlySpan<byte> token, int length)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(token);
            return parts?.Length == length ? [.. parts.Select(Value)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? Value(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => part.GetString(),
        JsonValueKind.Number => part.TryGetInt64(out var integer) ? (object)integer : part.GetDouble(),
        _ => null,
    };
}
