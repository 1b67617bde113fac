using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Temporal.Server;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>engine</c>: the embedded Temporal-compatible server alone, like <c>temporal server start-dev</c>.</summary>
internal static class EngineCommand
{
    private static readonly Option<string?> Ip = new("--ip") { Description = "Address to listen on." };
    private static readonly Option<string?> Port = new("--port") { Description = "Port to listen on; 0 takes a free one." };
    private static readonly Option<string?> Database = new("--db-filename") { Description = "File of histories; in memory without it." };
    private static readonly Option<string> Durable = CreateDurability();
    private static readonly Option<string[]> Namespaces = new("--namespace") { Description = "Namespaces to register." };
    private static readonly Option<string[]> Attributes = new("--search-attribute") { Description = "Search attributes to register, NAME=TYPE." };
    private static readonly Option<string?> ApiKey = new("--api-key") { Description = "Key that every client must send." };
    private static readonly Option<string?> TlsCert = new("--tls-cert") { Description = "Certificate file (PEM); the server then speaks TLS." };
    private static readonly Option<string?> TlsKey = new("--tls-key") { Description = "File of the certificate's private key (PEM)." };
    private static readonly Option<string?> Config = ServeOptions.Config;

    public static Command Create()
    {
        var command = new Command("engine", "Runs the embedded Temporal-compatible server alone.")
        {
            Ip, Port, Database, Durable, Namespaces, Attributes, ApiKey, TlsCert, TlsKey, Config,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(Config) is { } path ? ConfigFile.Read(path, ServeSettings.FileKeys) : null;
        var reader = new SettingReader(parsed, file, Environment.GetEnvironmentVariable);
        using var logging = Logging.Create(parsed.GetValue(CommandLine.Verbose));
        var ip = reader.Read(Ip, ["IMAGELIBRARY_ENGINE_IP"], "engine.ip", IPAddress.Loopback, text => SettingValues.Addresses(text)[0]);
        using var certificate = Certificate(parsed.GetValue(TlsCert), parsed.GetValue(TlsKey));
        using var signals = new StopSignals();
        await using var engine = await EnginePart.StartAsync(
            new TemporalServerOptions
            {
                Ip = ip.Value,
                Port = reader.Read(Port, ["IMAGELIBRARY_ENGINE_PORT"], "engine.port", 7233, SettingValues.Port).Value,
                DatabaseFile = reader.OptionalText(Database, ["IMAGELIBRARY_ENGINE_DB"], "engine.database").Value,
                Durability = Enum.Parse<Durability>(parsed.GetValue(Durable)!, ignoreCase: true),
                ApiKey = reader.OptionalText(ApiKey, ["IMAGELIBRARY_ENGINE_API_KEY"], "engine.api-key").Value,
                Certificate = certificate,
                Namespaces = parsed.GetValue(Namespaces) ?? [],
                SearchAttributes = (parsed.GetValue(Attributes) ?? []).Select(Attribute).ToDictionary(),
                LoggerFactory = logging,
            },
            "--port",
            cancellationToken);
        Console.WriteLine($"Temporal-compatible server at {engine.Address}");
        await signals.Stopped;
        return ExitCodes.Done;
    }

    private static Option<string> CreateDurability()
    {
        var option = new Option<string>("--durability")
        {
            Description = "What an acknowledgement survives: the loss of power (full), or only a crash of the process (normal).",
            DefaultValueFactory = _ => "full",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("full" or "normal"))
            {
                result.AddError("--durability takes full or normal.");
            }
        });
        return option;
    }

    private static X509Certificate2? Certificate(string? certFile, string? keyFile)
    {
        if ((certFile is null) != (keyFile is null))
        {
            throw new UserException("--tls-cert and --tls-key are needed together", ExitCodes.Usage);
        }
        try
        {
            return certFile is null ? null : X509Certificate2.CreateFromPemFile(certFile, keyFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserException($"the files of --tls-cert and --tls-key cannot be used: {e.Message}", inner: e);
        }
    }

    private static KeyValuePair<string, SearchAttributeType> Attribute(string text)
    {
        var parts = text.Split('=', 2);
        return parts.Length == 2 && parts[0].Length > 0 && Enum.TryParse<SearchAttributeType>(parts[1], ignoreCase: true, out var type)
            ? new(parts[0], type)
            : throw new UserException(
                $"--search-attribute needs NAME=TYPE with one of {string.Join(", ", Enum.GetNames<SearchAttributeType>())}, not '{text}'", ExitCodes.Usage);
    }
}
