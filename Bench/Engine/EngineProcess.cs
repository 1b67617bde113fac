using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;

namespace ImageLibrary.Bench.Engine;

/// <summary>A server in a process of its own, with a file for its histories.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private EngineProcess(string program, DirectoryInfo folder, int port, IEnumerable<string> arguments)
    {
        this.folder = folder;
        Address = $"127.0.0.1:{port}";
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Address { get; }

    public static Task<EngineProcess> OfficialAsync()
    {
        var cli = Environment.GetEnvironmentVariable("TEMPORAL_CLI") ?? "temporal";
        return StartAsync(cli, (file, port) => ["server", "start-dev", "--ip", "127.0.0.1", "--port", port, "--headless", "--log-level", "error", "--db-filename", file]);
    }

    public static Task<EngineProcess> EmbeddedAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "Cli", "bin", configuration, "net10.0", "imagelibrary.dll");
        return StartAsync("dotnet", (file, port) => [Path.GetFullPath(program), "engine", "--port", port, "--db-filename", file, "--durability", "full"]);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<EngineProcess> StartAsync(string program, Func<string, string, IEnumerable<string>> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("engine-bench");
        var port = FreePort();
        var engine = new EngineProcess(
            program, folder, port, arguments(Path.Combine(folder.FullName, "engine.db"), port.ToString(CultureInfo.InvariantCulture)));
        using var timer = new PeriodicTimer(Interval);
        while (!await AnswersAsync(engine.Address))
        {
            await timer.WaitForNextTickAsync();
        }
        return engine;
    }

    private static async Task<bool> AnswersAsync(string address)
    {
        try
        {
            var client = await TemporalClient.ConnectAsync(new(address));
            await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" });
            return true;
        }
        catch (Exception fault) when (fault is InvalidOperationException or Temporalio.Exceptions.RpcException)
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
