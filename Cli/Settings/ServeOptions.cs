using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageLibrary.Cli.Settings;

/// <summary>The options of <c>serve</c> with their environment variables and keys of the configuration file.</summary>
internal static class ServeOptions
{
    public static readonly Option<string?> Data = Text("--data", "Data folder: store, engine's file, derivatives.");
    public static readonly Option<string?> Port = Text("--port", "Port of page and API; 0 takes a free one.");
    public static readonly Option<string?> Bind = List("--bind", "Addresses to listen on.");
    public static readonly Option<string?> AllowedHost = List("--allowed-host", "Host names that the server answers to, besides localhost.");
    public static readonly Option<string?> BasePath = Text("--base-path", "Path below which everything is served, for use behind a proxy.");
    public static readonly Option<string?> EnginePort = Text("--engine-port", "Port of the embedded engine; 0 takes a free one.");
    public static readonly Option<string?> Temporal = Text("--temporal", "HOST:PORT of a Temporal server to use instead of the embedded engine.");
    public static readonly Option<string?> TemporalNamespace = Text("--temporal-namespace", "Temporal namespace.");
    public static readonly Option<string?> TemporalApiKey = Text("--temporal-api-key", "API key of the Temporal server.");
    public static readonly Option<string?> TemporalTlsCert = Text("--temporal-tls-cert", "Client certificate file (PEM).");
    public static readonly Option<string?> TemporalTlsKey = Text("--temporal-tls-key", "Client key file (PEM).");
    public static readonly Option<string?> TemporalTlsCa = Text("--temporal-tls-ca", "Certificate file of the server's authority (PEM).");
    public static readonly Option<string?> Mongo = Text("--mongo", "mongodb:// URL of the database to use instead of the embedded store.");
    public static readonly Option<string?> Workers = Text("--workers", "Pictures rendered at once.");
    public static readonly Option<string?> MemoryBudget = Text("--memory-budget", "Decode memory in flight, such as 256MiB.");
    public static readonly Option<string?> HelperMemory = Text("--helper-memory", "Memory of the process for risky pictures, such as 1.5GiB.");
    public static readonly Option<string?> ExtraFormats = Text(
        "--extra-formats", "Formats to read by the system's libvips in a process of its own, separated by commas: heic, jpeg2000, jpegxl, svg.");
    public static readonly Option<string?> WaitTimeout = Text("--wait-timeout", "With --once: give up, with 1, when jobs only wait for this long.");
    public static readonly Option<string?> Config = Text("--config", "Configuration file (YAML).");
    public static readonly Option<bool> Once = new("--once") { Description = "Exit when every open job has ended." };
    public static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line on stdout, and nothing else there." };
    public static readonly Option<bool> NoSupervise = new("--no-supervise") { Description = "Do not restart the server after a crash; for systemd and containers." };
    public static readonly Option<bool> ForceNetworkData = new("--force-network-data") { Description = "Accept a data folder on a network file system." };

    /// <summary>Set by the supervisor: the process ends when its standard input does.</summary>
    public static readonly Option<bool> Supervised = new("--supervised") { Hidden = true };

    /// <summary>Set by the supervisor after a crash: free ports are taken again.</summary>
    public static readonly Option<bool> Restarted = new("--restarted") { Hidden = true };

    public static IEnumerable<Option> All { get; } =
    [
        Data, Port, Bind, AllowedHost, BasePath, EnginePort, Temporal, TemporalNamespace, TemporalApiKey, TemporalTlsCert, TemporalTlsKey,
        TemporalTlsCa, Mongo, Workers, MemoryBudget, HelperMemory, ExtraFormats, .. LimitOptions.All, WaitTimeout, Config, Once, Json, NoSupervise, ForceNetworkData,
        Supervised, Restarted,
    ];

    /// <summary>The options of a process that only works, for an engine and a store that others share.</summary>
    public static IEnumerable<Option> OfWorker { get; } =
        [Data, .. Shared, Workers, MemoryBudget, HelperMemory, ExtraFormats, .. LimitOptions.All, Config, Json];

    /// <summary>The options of a process that only answers requests, for an engine and a store that others share.</summary>
    public static IEnumerable<Option> OfApi { get; } =
        [Data, Port, Bind, AllowedHost, BasePath, .. Shared, .. LimitOptions.OfArchives, Config, Json];

    private static IEnumerable<Option> Shared =>
        [Temporal, TemporalNamespace, TemporalApiKey, TemporalTlsCert, TemporalTlsKey, TemporalTlsCa, Mongo];

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };

    // Several values, given together or by repeating the option, travel as one text, as in environment and file.
    private static Option<string?> List(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        Arity = new ArgumentArity(1, 100),
        CustomParser = result => string.Join(',', result.Tokens.Select(token => token.Value)),
    };
}
