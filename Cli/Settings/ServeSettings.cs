using System.CommandLine;
using System.Net;
using ImageLibrary.Imaging;

namespace ImageLibrary.Cli.Settings;

/// <summary>Settings of <c>serve</c>, each with its source.</summary>
internal sealed record ServeSettings
{
    private const long DefaultMemoryBudget = 256L << 20;
    private const long DefaultHelperMemory = 3L << 29;

    public required Setting<string> DataDirectory { get; init; }

    public required Setting<int> Port { get; init; }

    public required Setting<IReadOnlyList<IPAddress>> Bind { get; init; }

    public required Setting<IReadOnlyList<string>> AllowedHosts { get; init; }

    public required Setting<string> BasePath { get; init; }

    public required Setting<int> EnginePort { get; init; }

    public required Setting<string?> EngineDatabase { get; init; }

    public required TemporalSettings Temporal { get; init; }

    public required Setting<string?> Mongo { get; init; }

    public required Setting<int> Workers { get; init; }

    public required Setting<long> MemoryBudget { get; init; }

    public required Setting<long> HelperMemory { get; init; }

    public required Setting<ExtraFormats> ExtraFormats { get; init; }

    public required Limits Limits { get; init; }

    public required Setting<TimeSpan?> WaitTimeout { get; init; }

    public required bool Once { get; init; }

    public required bool Json { get; init; }

    public required bool ForceNetworkData { get; init; }

    public required bool Supervised { get; init; }

    public required bool Restarted { get; init; }

    public required bool Verbose { get; init; }

    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>Which parts this process runs.</summary>
    public ServeRole Role { get; init; } = ServeRole.All;

    /// <summary>Every key that a configuration file may hold.</summary>
    public static IReadOnlySet<string> FileKeys { get; } = new[]
    {
        "data", "server.port", "server.bind", "server.allowed-hosts", "server.base-path", "engine.port", "engine.database",
        "temporal.address", "temporal.namespace", "temporal.api-key", "temporal.tls.cert", "temporal.tls.key", "temporal.tls.ca",
        "mongo.url",
        "worker.workers", "worker.memory-budget", "worker.helper-memory", "worker.extra-formats",
    }.Concat(LimitOptions.All.Select(LimitOptions.Key)).ToHashSet();

    public static ServeSettings Read(ParseResult parsed, IReadOnlyList<string> folders, Func<string, string?> environment)
    {
        var file = parsed.GetValue(ServeOptions.Config) is { } path ? ConfigFile.Read(path, FileKeys) : null;
        var reader = new SettingReader(parsed, file, environment, TemporalProfile.Read(environment));
        return new ServeSettings
        {
            DataDirectory = DataFolder(reader, environment),
            Port = reader.Read(ServeOptions.Port, ["IMAGELIBRARY_PORT"], "server.port", 8080, SettingValues.Port),
            Bind = reader.Read(ServeOptions.Bind, ["IMAGELIBRARY_BIND"], "server.bind", [IPAddress.Loopback], SettingValues.Addresses),
            AllowedHosts = reader.Read(ServeOptions.AllowedHost, ["IMAGELIBRARY_ALLOWED_HOST"], "server.allowed-hosts", [], SettingValues.Names),
            BasePath = reader.Text(ServeOptions.BasePath, ["IMAGELIBRARY_BASE_PATH"], "server.base-path", ""),
            EnginePort = reader.Read(ServeOptions.EnginePort, ["IMAGELIBRARY_ENGINE_PORT"], "engine.port", 7233, SettingValues.Port),
            EngineDatabase = reader.OptionalText(new Option<string?>("--engine-db"), ["IMAGELIBRARY_ENGINE_DB"], "engine.database"),
            Temporal = TemporalSettings.Read(reader),
            Mongo = reader.OptionalText(ServeOptions.Mongo, ["IMAGELIBRARY_MONGO", "MONGODB_URL"], "mongo.url"),
            Workers = reader.Read(
                ServeOptions.Workers, ["IMAGELIBRARY_WORKERS"], "worker.workers", Environment.ProcessorCount, SettingValues.Count),
            MemoryBudget = reader.Read(
                ServeOptions.MemoryBudget, ["IMAGELIBRARY_MEMORY_BUDGET"], "worker.memory-budget", DefaultMemoryBudget, SettingValues.Size),
            HelperMemory = reader.Read(
                ServeOptions.HelperMemory, ["IMAGELIBRARY_HELPER_MEMORY"], "worker.helper-memory", DefaultHelperMemory, SettingValues.Size),
            ExtraFormats = reader.Read(
                ServeOptions.ExtraFormats, ["IMAGELIBRARY_EXTRA_FORMATS"], "worker.extra-formats", default(ExtraFormats), SettingValues.Formats),
            Limits = LimitOptions.Read(reader),
            WaitTimeout = reader.Read<TimeSpan?>(
                ServeOptions.WaitTimeout, ["IMAGELIBRARY_WAIT_TIMEOUT"], "wait-timeout", null, text => SettingValues.Duration(text)),
            Once = parsed.GetValue(ServeOptions.Once),
            Json = parsed.GetValue(ServeOptions.Json),
            ForceNetworkData = parsed.GetValue(ServeOptions.ForceNetworkData),
            Supervised = parsed.GetValue(ServeOptions.Supervised),
            Restarted = parsed.GetValue(ServeOptions.Restarted),
            Verbose = parsed.GetValue(CommandLine.Verbose),
            Folders = folders,
        };
    }

    /// <summary>The data folder alone, for commands that talk to a running server.</summary>
    public static Setting<string> DataFolder(SettingReader reader, Func<string, string?> environment)
    {
        var data = environment("XDG_DATA_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share");
        return reader.Read(
            ServeOptions.Data, ["IMAGELIBRARY_DATA"], "data", Path.Combine(data, "imagelibrary"), SettingValues.Folder);
    }
}
