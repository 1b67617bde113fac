using System.Text.Json;

namespace ImageLibrary.Api.Json;

/// <summary>A value of an enumeration in a query, spelled as in JSON; the framework's own binding knows only the names of the code.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="Value">The value.</param>
internal readonly record struct QueryEnum<T>(T Value)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(Word);

    /// <summary>Every spelling.</summary>
    public static IEnumerable<string> Words => Values.Keys;

    public static bool TryParse(string? text, out QueryEnum<T> value)
    {
        var known = Values.TryGetValue(text ?? "", out var found);
        value = new QueryEnum<T>(found);
        return known;
    }

    private static string Word(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
