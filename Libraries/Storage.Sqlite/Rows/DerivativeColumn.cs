using System.Text;
using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>
/// An image's derivatives in one column: a JSON array of arrays, <c>[kind, file name, width, height, bytes, quality, format,
/// recipe]</c>, and the source's modification time where it is served itself. Property names would take as much space as the values,
/// ten million times.
/// </summary>
internal static class DerivativeColumn
{
    public static string? Write(IReadOnlyList<Derivative> derivatives)
    {
        if (derivatives.Count == 0)
        {
            return null;
        }
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var derivative in derivatives)
            {
                json.WriteStartArray();
                json.WriteStringValue(derivative.Kind);
                json.WriteStringValue(derivative.FileName);
                json.WriteNumberValue(derivative.Width);
                json.WriteNumberValue(derivative.Height);
                json.WriteNumberValue(derivative.Bytes);
                if (derivative.Quality is { } quality)
                {
                    json.WriteNumberValue(quality);
                }
                else
                {
                    json.WriteNullValue();
                }
                json.WriteStringValue(derivative.Format);
                json.WriteStringValue(derivative.Recipe);
                if (derivative.OriginalModified is { } modified)
                {
                    json.WriteNumberValue(modified);
                }
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static IReadOnlyList<Derivative> Read(string? text)
    {
        if (text is null)
        {
            return [];
        }
        var derivatives = new List<Derivative>(2);
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            var derivative = new Derivative(
                NextText(ref json), NextText(ref json), NextInt(ref json), NextInt(ref json), NextLong(ref json), NextIntOrNull(ref json),
                NextText(ref json), NextText(ref json));
            json.Read();
            if (json.TokenType == JsonTokenType.Number)
            {
                derivative = derivative with { OriginalModified = json.GetInt64() };
                json.Read();
            }
            derivatives.Add(derivative);
        }
        return derivatives;
    }

    private static string NextText(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString()!;
    }

    private static int NextInt(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt32();
    }

    private static int? NextIntOrNull(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? null : json.GetInt32();
    }

    private static long NextLong(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }
}
