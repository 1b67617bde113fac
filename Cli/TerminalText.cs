namespace ImageLibrary.Cli;

/// <summary>Text for a terminal that comes from names of files, which may hold anything.</summary>
internal static class TerminalText
{
    /// <summary>One line, in which nothing moves the cursor, sets colours or turns the direction of writing.</summary>
    public static string Line(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(source[i]) || source[i] is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? '\uFFFD' : source[i];
        }
    });
}
