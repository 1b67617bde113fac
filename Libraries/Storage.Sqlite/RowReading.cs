using System.Text.Json;
using System.Text.Json.Serialization;
using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Reads columns that may be NULL, and the values that are stored as JSON.</summary>
internal static class RowReading
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[]? Bytes(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static long? Integer(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset? Time(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    public static T Enum<T>(this SqliteDataReader row, int column)
        where T : struct, System.Enum => System.Enum.Parse<T>(row.GetString(column));

    public static ImageFailure? Failure(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new ImageFailure(row.Enum<FailureClass>(column), row.GetString(column + 1));

    public static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Json)!;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);
}
