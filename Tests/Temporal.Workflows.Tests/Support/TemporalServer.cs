using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Exceptions;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.Temporal.Workflows.Tests.Support.TemporalServer))]

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Support;

/// <summary>The official server, one per test run. Without the program, tests that need it are skipped.</summary>
public sealed class TemporalServer : IAsyncLifetime
{
    private Process? process;

    public string? Address { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Address = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS");
        if (Address != null || FindProgram() is not { } program)
        {
            return;
        }

        var port = FreePort();
        process = Process.Start(new ProcessStartInfo(
            program,
            ["server", "start-dev", "--ip", "127.0.0.1", "--port", $"{port}", "--headless", "--log-level", "never",
                "--search-attribute", "TestKeyword=Keyword", "--search-attribute", "TestNumber=Int"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = $"127.0.0.1:{port}";
        await Eventually.HoldsAsync(() => IsReadyAsync(address), TimeSpan.FromSeconds(60));
        Address = address;
    }

    public async ValueTask DisposeAsync()
    {
        if (process != null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>A client, or skips the test.</summary>
    public async Task<TemporalClient> ConnectAsync()
    {
        Assert.SkipWhen(
            Address == null, "The official Temporal server was not found: put `temporal` on the PATH or set TEMPORAL_CLI");
        return await TemporalClient.ConnectAsync(new(Address!));
    }

    private static async Task<bool> IsReadyAsync(string address)
    {
        try
        {
            var connection = await TemporalConnection.ConnectAsync(new(address));
            var health = await connection.WorkflowService.DescribeNamespaceAsync(
                new() { Namespace = "default" }, new() { Retry = false, Timeout = TimeSpan.FromSeconds(2) });
            return health.NamespaceInfo.Name == "default";
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or HttpRequestException)
        {
            return false;
        }
    }

    private static string? FindProgram()
    {
        var fromPath = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "temporal"));
        var unpacked = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "imagelibrary-tools", "temporal");
        return fromPath.Prepend(Environment.GetEnvironmentVariable("TEMPORAL_CLI") ?? string.Empty).Append(unpacked)
            .FirstOrDefault(File.Exists);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
