using Tomlyn;
using Tomlyn.Model;

namespace ImageLibrary.Cli.Settings;

/// <summary>
/// A profile of <c>temporal.toml</c>, the file that Temporal's own command line and SDKs share
/// (https://docs.temporal.io/develop/environment-configuration).
/// </summary>
internal sealed class TemporalProfile
{
    private const string DefaultProfile = "default";

    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["temporal.address"] = ["address"],
        ["temporal.namespace"] = ["namespace"],
        ["temporal.api-key"] = ["api_key"],
        ["temporal.tls.cert"] = ["tls", "client_cert_path"],
        ["temporal.tls.key"] = ["tls", "client_key_path"],
        ["temporal.tls.ca"] = ["tls", "server_ca_cert_path"],
    };

    private readonly TomlTable _values;

    private TemporalProfile(string source, TomlTable values)
    {
        Source = source;
        _values = values;
    }

    /// <summary>File and profile, in words.</summary>
    public string Source { get; }

    /// <summary>Reads the profile that the environment names; null when neither file nor profile are named and there is none.</summary>
    /// <exception cref="UserException">What was named is missing, or the file is not valid.</exception>
    public static TemporalProfile? Read(Func<string, string?> environment)
    {
        var namedFile = Named(environment("TEMPORAL_CONFIG_FILE"));
        var namedProfile = Named(environment("TEMPORAL_PROFILE"));
        var path = namedFile ?? DefaultFile(environment);
        if (namedFile is null && !File.Exists(path))
        {
            return namedProfile is null
                ? null
                : throw new UserException($"TEMPORAL_PROFILE names the profile '{namedProfile}', but there is no file {path}");
        }
        var profile = namedProfile ?? DefaultProfile;
        return Find(Load(path), ["profile", profile]) is TomlTable values ? new TemporalProfile($"profile {profile} in {path}", values)
            : namedProfile is null ? null
            : throw new UserException($"the file {path} has no profile '{profile}', which TEMPORAL_PROFILE names");
    }

    /// <summary>The value of a setting by its key in our own configuration file; null when it is absent or empty.</summary>
    public string? Value(string key) =>
        Keys.TryGetValue(key, out var path) && Find(_values, path) is string { Length: > 0 } value ? value : null;

    private static TomlTable Load(string path)
    {
        try
        {
            return TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(path)) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"the file {path} cannot be read: {e.Message}", inner: e);
        }
        catch (TomlException e)
        {
            throw new UserException($"the file {path} is not valid TOML: {e.Message}", inner: e);
        }
    }

    private static object? Find(TomlTable table, string[] path) =>
        path.Aggregate((object?)table, (found, name) => found is TomlTable inner && inner.TryGetValue(name, out var value) ? value : null);

    private static string DefaultFile(Func<string, string?> environment) => Path.Combine(
        Named(environment("XDG_CONFIG_HOME")) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "temporalio", "temporal.toml");

    private static string? Named(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
