using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>The official Temporal server, in memory.</summary>
internal sealed class OfficialServer : IAsyncDisposable
{
    private readonly Process process;

    private OfficialServer(Process process, string address)
    {
        this.process = process;
        Address = address;
    }

    public string Address { get; }

    public int Id => process.Id;

    public static async Task<OfficialServer> StartAsync()
    {
        var program = Repository.TemporalCli();
        var port = FreePort();
        var server = new OfficialServer(
            Process.Start(new ProcessStartInfo(
                program, ["server", "start-dev", "--ip", "127.0.0.1", "--port", $"{port}", "--headless", "--log-level", "never"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!,
            $"127.0.0.1:{port}");
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await Eventually.TrueAsync(() => AnswersAsync(port), TimeSpan.FromMinutes(2), "the official Temporal server answers");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
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
