using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>
/// Content hashes as 16 bytes instead of 32 digits, in the row and in the index. What is not of that form is kept as text.
/// </summary>
internal static class ContentHash
{
    private const int Digits = 32;

    public static object? ToColumn(string? hash) =>
        hash is { Length: Digits } && hash.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(hash) : hash;

    public static string? Hash(this SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        byte[] bytes => Convert.ToHexStringLower(bytes),
        string text => text,
        _ => null,
    };
}
