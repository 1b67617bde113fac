using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Server.Crash;

/// <summary><c>imagelibrary engine</c> on one file and one port, killed and started again.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-crash");
    private readonly int port = FreePort();
    private Process? process;

    public string Address => $"127.0.0.1:{port}";

    /// <summary>Starts the process and waits until it answers.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync()
    {
        var watch = Stopwatch.StartNew();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", "..", "..", "..", "Cli", "bin", configuration, "net10.0", "imagelibrary.dll"));
        process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [program, "engine", "--port", port.ToString(CultureInfo.InvariantCulture), "--db-filename", Path.Combine(folder.FullName, "engine.db"), "--durability", "full"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var client = TemporalClient.CreateLazy(new(Address));
        while (!await AnswersAsync(client))
        {
            Assert.False(process.HasExited, "The engine has ended by itself.");
            Assert.True(watch.Elapsed < ReadyDeadline, "The engine does not answer.");
            await timer.WaitForNextTickAsync();
        }

        return watch.Elapsed;
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        folder.Delete(recursive: true);
    }

    private static async Task<bool> AnswersAsync(TemporalClient client)
    {
        try
        {
            await client.WorkflowService.DescribeNamespaceAsync(
                new() { Namespace = "default" }, new RpcOptions { Retry = false, Timeout = TimeSpan.FromSeconds(5) });
            return true;
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException)
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
