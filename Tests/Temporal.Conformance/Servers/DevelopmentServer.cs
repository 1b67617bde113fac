using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance.Servers;

/// <summary>The server that TEMPORAL_ADDRESS names, or else the official development server on a free port.</summary>
internal sealed class DevelopmentServer : IAsyncDisposable
{
    /// <summary>Why a test is skipped where there is none.</summary>
    public const string Missing = "No official Temporal server: put `temporal` on the PATH, name it in TEMPORAL_CLI, or a running server in TEMPORAL_ADDRESS.";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Process? process;

    private DevelopmentServer(string address, Process? process)
    {
        Address = address;
        this.process = process;
    }

    public string Address { get; }

    /// <summary>Starts it; null where the program is not to be found.</summary>
    /// <param name="arguments">Arguments beside those for the address.</param>
    public static async Task<DevelopmentServer?> StartAsync(params string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS") is { Length: > 0 } running)
        {
            return new DevelopmentServer(running, null);
        }

        if (OfficialTools.Find("TEMPORAL_CLI", "temporal") is not { } program)
        {
            return null;
        }

        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(new ProcessStartInfo(
            program, ["server", "start-dev", "--ip", "127.0.0.1", "--port", port, "--headless", "--log-level", "never", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new DevelopmentServer($"127.0.0.1:{port}", process);
        using var deadline = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(Interval);
        while (!await server.AnswersAsync())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            var connection = await TemporalConnection.ConnectAsync(new(Address));
            await connection.WorkflowService.DescribeNamespaceAsync(
                new() { Namespace = "default" }, new RpcOptions { Retry = false, Timeout = TimeSpan.FromSeconds(2) });
            return true;
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException or HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
