using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ImageLibrary.Tests.Workflows.Support;
using Temporalio.Client;
using Temporalio.Exceptions;
using Xunit;

[assembly: AssemblyFixture(typeof(OfficialServer))]

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The official Temporal server. Without the program its tests are skipped.</summary>
public sealed class OfficialServer : IEngine, IAsyncLifetime
{
    /// <summary>The tests on one engine run one after the other, because their workers share its task queues.</summary>
    public const string Name = "official server";

    private Process? process;

    private string? Address { get; set; }

    public async ValueTask InitializeAsync()
    {
        Address = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS");
        if (Address is not null || FindProgram() is not { } program)
        {
            return;
        }
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        process = Process.Start(new ProcessStartInfo(
            program, ["server", "start-dev", "--ip", "127.0.0.1", "--port", address.Split(':')[1], "--headless", "--log-level", "never"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.HoldsAsync(() => IsReadyAsync(address));
        Address = address;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>The server's address; skips the test when there is none.</summary>
    public string AddressOrSkip()
    {
        Assert.SkipWhen(Address is null, "No Temporal server: put `temporal` on the PATH, or set TEMPORAL_CLI or TEMPORAL_ADDRESS.");
        return Address!;
    }

    private static async Task<bool> IsReadyAsync(string address)
    {
        try
        {
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(address));
            await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" });
            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or HttpRequestException)
        {
            return false;
        }
    }

    private static string? FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "temporal"))
            .Prepend(Environment.GetEnvironmentVariable("TEMPORAL_CLI") ?? "")
            .Append(Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "imagelibrary-tools", "temporal"))
            .FirstOrDefault(File.Exists);
}
