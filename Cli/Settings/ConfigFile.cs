using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ImageLibrary.Cli.Settings;

/// <summary>A configuration file in YAML, as dotted keys.</summary>
internal sealed class ConfigFile
{
    private readonly Dictionary<string, string> _values = [];

    private ConfigFile(string path) => Path = path;

    public string Path { get; }

    public static ConfigFile Read(string path, IReadOnlySet<string> knownKeys)
    {
        var file = new ConfigFile(path);
        try
        {
            using var text = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(text);
            if (yaml.Documents is [var document, ..])
            {
                file.Add("", document.RootNode);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"the configuration file {path} cannot be read: {e.Message}", inner: e);
        }
        catch (YamlException e)
        {
            throw new UserException($"the configuration file {path} is not valid YAML at line {e.Start.Line}: {e.Message}", inner: e);
        }
        foreach (var key in file._values.Keys.Where(key => !knownKeys.Contains(key)))
        {
            throw new UserException($"the configuration file {path} has a setting that does not exist: {key}");
        }
        return file;
    }

    /// <summary>The value of a key; null when it is absent or empty.</summary>
    public string? Find(string key) => _values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    private void Add(string prefix, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                {
                    Add(prefix.Length == 0 ? $"{key}" : $"{prefix}.{key}", value);
                }
                break;
            case YamlSequenceNode sequence:
                _values[prefix] = string.Join(',', sequence.Children.Select(child => child.ToString()));
                break;
            case YamlScalarNode scalar when prefix.Length > 0:
                _values[prefix] = scalar.Value is null or "null" or "~" ? "" : scalar.Value;
                break;
        }
    }
}
