using System.Text.Json;
using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Reads columns that may be NULL, and the values that are stored as JSON.</summary>
internal static class RowReading
{
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

    public static ScanCounts Counts(this SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize(row.GetString(column), StoreJson.Default.ScanCounts)!;

    public static string Text(ScanCounts counts) => JsonSerializer.Serialize(counts, StoreJson.Default.ScanCounts);

    public static LibrarySettings Settings(this SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize(row.GetString(column), StoreJson.Default.LibrarySettings)!;

    public static string Text(LibrarySettings settings) => JsonSerializer.Serialize(settings, StoreJson.Default.LibrarySettings);
}
