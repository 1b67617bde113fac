using System.CommandLine;

namespace ImageLibrary.Cli.Settings;

/// <summary>Finds settings: option, then environment, then configuration file, then Temporal's profile, then default.</summary>
internal sealed class SettingReader(ParseResult parsed, ConfigFile? file, Func<string, string?> environment, TemporalProfile? profile = null)
{
    /// <summary>Reads a setting as text and converts it.</summary>
    /// <param name="option">Option of the command line.</param>
    /// <param name="variables">Environment variables, the first that is set counts.</param>
    /// <param name="key">Key of the configuration file.</param>
    /// <param name="fallback">Default.</param>
    /// <param name="convert">Makes the value of text; a <see cref="FormatException"/> says what is wrong.</param>
    public Setting<T> Read<T>(Option<string?> option, IReadOnlyList<string> variables, string key, T fallback, Func<string, T> convert)
    {
        var (text, source) = Find(option, variables, key);
        if (text is null)
        {
            return new Setting<T>(fallback, "default");
        }
        try
        {
            return new Setting<T>(convert(text), source);
        }
        catch (FormatException e)
        {
            throw new UserException($"{source} has the value '{text}': {e.Message}", source == option.Name ? ExitCodes.Usage : ExitCodes.Failed, e);
        }
    }

    public Setting<string> Text(Option<string?> option, IReadOnlyList<string> variables, string key, string fallback) =>
        Read(option, variables, key, fallback, text => text);

    public Setting<string?> OptionalText(Option<string?> option, IReadOnlyList<string> variables, string key) =>
        Read<string?>(option, variables, key, null, text => text);

    private (string? Text, string Source) Find(Option<string?> option, IReadOnlyList<string> variables, string key)
    {
        if (parsed.GetValue(option) is { } given)
        {
            return (given, option.Name);
        }
        foreach (var variable in variables)
        {
            if (environment(variable) is { Length: > 0 } value)
            {
                return (value, variable);
            }
        }
        return file?.Find(key) is { } configured ? (configured, $"{key} in {file.Path}")
            : profile?.Value(key) is { } shared ? (shared, profile.Source)
            : (null, "");
    }
}
