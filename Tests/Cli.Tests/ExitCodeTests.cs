using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

/// <summary>What the program answers to wrong usage and to an environment that does not fit.</summary>
public sealed class ExitCodeTests : ProgramTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagelibrary-cli-").FullName;

    [Fact]
    public async Task Serve_WithUnknownOption_IsWrongUsage()
    {
        var run = await RunAsync("serve", "--bogus");
        Assert.Equal(2, run.Code);
        Assert.Contains("--bogus", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithPortOutOfRange_NamesTheOption()
    {
        var run = await RunAsync("serve", "--no-supervise", "--data", Path.Combine(_folder, "data"), "--port", "70000");
        Assert.Equal(2, run.Code);
        Assert.Contains("--port", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data", "")]
    [InlineData("--bind", ",")]
    [InlineData("--wait-timeout", "")]
    [InlineData("--wait-timeout", "999999999999999h")]
    [InlineData("--memory-budget", "99999999999GiB")]
    [InlineData("--workers", "0")]
    [InlineData("--max-pixels", "0")]
    [InlineData("--max-file-size", "2GiB")]
    [InlineData("--max-archive-size", "0.5")]
    [InlineData("--picture-timeout", "25h")]
    public async Task Serve_WithAValueThatCannotBe_NamesTheOption(string option, string value)
    {
        var run = await RunAsync("serve", "--no-supervise", option, value);
        Assert.Equal(2, run.Code);
        Assert.Contains(option, Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_OfAnEmptyFolder_SaysThatThereAreNoPictures()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        var run = await RunAsync("serve", "--once", "--data", Path.Combine(_folder, "data"), "--port", "0", "--engine-port", "0", empty);
        Assert.Equal(0, run.Code);
        Assert.Contains("completed: no pictures\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_WithALimitInTheConfiguration_RefusesWhatIsBeyond()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(_folder, "pictures")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(pictures, "a.png"), EndToEnd.Support.Png.Gradient(40, 30, 1), TestContext.Current.CancellationToken);
        var config = Path.Combine(_folder, "config.yaml");
        await File.WriteAllTextAsync(config, "limits:\n  max-pixels: 1199\n", TestContext.Current.CancellationToken);
        string[] serve = ["serve", "--once", "--json", "--data", Path.Combine(_folder, "data"), "--port", "0", "--engine-port", "0", "--config", config, pictures];

        var refused = await RunAsync(serve);
        Assert.Equal(3, refused.Code);
        Assert.Contains("\"tooLarge\":1", refused.Output, StringComparison.Ordinal);

        var allowed = await RunAsync(serve, ("IMAGELIBRARY_MAX_PIXELS", "1200"));
        Assert.Equal(0, allowed.Code);
    }

    [Fact]
    public async Task Serve_WithMissingFolder_ExitsWithOneLine()
    {
        var run = await RunAsync("serve", "--data", Path.Combine(_folder, "data"), "--port", "0", Path.Combine(_folder, "missing"));
        Assert.Equal(1, run.Code);
        Assert.Contains("missing", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MisspeltCommand_IsToldFromAFolder()
    {
        var run = await RunAsync("scna", "--data", Path.Combine(_folder, "data"), "--port", "0", "--engine-port", "0");
        Assert.Equal(1, run.Code);
        Assert.Contains("neither a command nor a folder", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithUnknownKeyInConfiguration_NamesIt()
    {
        var config = Path.Combine(_folder, "config.yaml");
        await File.WriteAllTextAsync(config, "server:\n  prot: 8080\n", TestContext.Current.CancellationToken);
        var run = await RunAsync("serve", "--no-supervise", "--config", config);
        Assert.Equal(1, run.Code);
        Assert.Contains("server.prot", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OptionWinsOverConfiguration()
    {
        var config = Path.Combine(_folder, "config.yaml");
        await File.WriteAllTextAsync(config, "server:\n  port: 70000\n", TestContext.Current.CancellationToken);
        var wrong = await RunAsync("serve", "--no-supervise", "--config", config);
        Assert.Contains($"server.port in {config}", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        var right = await RunAsync("serve", "--no-supervise", "--config", config, "--port", "0", "--data", _folder, Path.Combine(_folder, "missing"));
        Assert.DoesNotContain("server.port", Assert.Single(right.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_WithoutServer_SaysSo()
    {
        var run = await RunAsync("jobs", "list", "--data", _folder);
        Assert.Equal(1, run.Code);
        Assert.Contains("no server", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_OnStdout_IsOneDocumentWithAllFeatures()
    {
        var run = await RunAsync("openapi");
        Assert.Equal(0, run.Code);
        var paths = JsonNode.Parse(run.Output)!["paths"]!.AsObject();
        Assert.Contains("/api/v1/libraries/{id}/scan", paths.Select(path => path.Key));
        Assert.Contains("/api/v1/jobs/events", paths.Select(path => path.Key));
    }

    [Fact]
    public async Task Serve_OnATakenPort_ExitsWithOneLineThatNamesTheOption()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var serve = await RunAsync("serve", "--no-supervise", "--data", Path.Combine(_folder, "data"), "--engine-port", "0", "--port", port);
        Assert.Equal(1, serve.Code);
        Assert.Contains("--port", Assert.Single(serve.Errors), StringComparison.Ordinal);
        var engine = await RunAsync("engine", "--port", port);
        Assert.Equal(1, engine.Code);
        Assert.Contains("--port", Assert.Single(engine.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--http-port", "8233")]
    [InlineData("--time-skipping")]
    [InlineData("--durability", "memory")]
    [InlineData("--search-attribute", "Name")]
    [InlineData("--tls-cert", "/nonexistent")]
    public async Task Engine_WithAnOptionThatItLacksOrHalfGiven_IsWrongUsage(params string[] options)
    {
        var run = await RunAsync(["engine", "--port", "0", .. options]);
        Assert.Equal(2, run.Code);
        Assert.Contains(options[0], Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithTemporalProfile_TakesItAfterEnvironmentAndBeforeTheDefault()
    {
        var file = Path.Combine(_folder, "temporal.toml");
        await File.WriteAllTextAsync(file, "[profile.default]\naddress = \"127.0.0.1:1\"\n", TestContext.Current.CancellationToken);
        string[] serve = ["serve", "--no-supervise", "--once", "--port", "0", "--data", Path.Combine(_folder, "data")];
        var profile = await RunAsync(serve, ("TEMPORAL_CONFIG_FILE", file));
        Assert.Equal(1, profile.Code);
        Assert.Contains($"127.0.0.1:1 (set by profile default in {file})", Assert.Single(profile.Errors), StringComparison.Ordinal);
        var variable = await RunAsync(serve, ("TEMPORAL_CONFIG_FILE", file), ("TEMPORAL_ADDRESS", "127.0.0.1:2"));
        Assert.Contains("127.0.0.1:2 (set by TEMPORAL_ADDRESS)", Assert.Single(variable.Errors), StringComparison.Ordinal);
        var missing = await RunAsync(serve, ("TEMPORAL_CONFIG_FILE", file), ("TEMPORAL_PROFILE", "prod"));
        Assert.Contains("'prod'", Assert.Single(missing.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnTerminal_ShowsABarAndThenTheLineOfTheJob()
    {
        const string ShowCursor = "\e[?25h";
        var command = $"dotnet '{ProgramPath()}' serve --once --port 0 --engine-port 0 --data '{Path.Combine(_folder, "data")}'";
        var (code, output, _) = await StartAsync("script", ["--quiet", "--return", "--command", command, "/dev/null"], ("TERM", "xterm-256color"));
        Assert.Equal(0, code);
        Assert.Contains("% ", output, StringComparison.Ordinal);
        Assert.Contains("12 of 12 images", output, StringComparison.Ordinal);
        Assert.True(output.LastIndexOf(ShowCursor, StringComparison.Ordinal) > output.LastIndexOf("\e[?25l", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("engine", "--help")]
    [InlineData("jobs", "--help")]
    public async Task Help_OfEveryCommand_DescribesEveryOption(params string[] command)
    {
        var run = await RunAsync(command);
        Assert.Equal((0, 0), (run.Code, run.Errors.Length));
        Assert.All(
            run.Output.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal)),
            line => Assert.Matches(@"^  -\S.*?(  \S|[a-z.]$)", line));
    }

    [Theory]
    [InlineData("jobs", "bogus")]
    [InlineData("scan")]
    [InlineData("jobs", "pause")]
    [InlineData("jobs", "list", "--state", "bogus")]
    public async Task Command_GivenWrongly_NamesItsOwnHelp(params string[] command)
    {
        var run = await RunAsync(command);
        Assert.Equal(2, run.Code);
        Assert.Contains($"See 'imagelibrary {command[0]}", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
