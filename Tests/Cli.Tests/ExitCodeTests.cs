using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

/// <summary>What the program answers to wrong usage and to an environment that does not fit.</summary>
public sealed class ExitCodeTests : IDisposable
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

    [Fact]
    public async Task Serve_WithMissingFolder_ExitsWithOneLine()
    {
        var run = await RunAsync("serve", "--data", Path.Combine(_folder, "data"), "--port", "0", Path.Combine(_folder, "missing"));
        Assert.Equal(1, run.Code);
        Assert.Contains("missing", Assert.Single(run.Errors), StringComparison.Ordinal);
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

    private static async Task<(int Code, string Output, string[] Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(ProgramPath());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IMAGELIBRARY_", StringComparison.Ordinal) || name.StartsWith("TEMPORAL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string ProgramPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = folder.Parent!.Name;
        while (!File.Exists(Path.Combine(folder!.FullName, "ImageLibrary.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder.FullName, "Cli", "bin", configuration, "net10.0", "imagelibrary.dll");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
