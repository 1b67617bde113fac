using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;

[assembly: AssemblyFixture(typeof(Temporalio.Tests.Support.DevServer))]

namespace Temporalio.Tests.Support;

/// <summary>
/// A Temporal server for all tests: the one that TEMPORAL_ADDRESS names, or else the official development server on a
/// free port.
/// </summary>
public sealed class DevServer : IAsyncLifetime
{
    private Process? process;
    private string? address;

    public string Address
    {
        get
        {
            if (address == null)
            {
                Assert.Skip("No Temporal server: install the `temporal` CLI on the path or in ~/.cache/imagelibrary-tools, or set TEMPORAL_ADDRESS");
            }
            return address!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        address = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS");
        if (address != null || Find() is not { } program)
        {
            return;
        }
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        process = Process.Start(new ProcessStartInfo(program, ["server", "start-dev", "--ip", "127.0.0.1", "--port", port, "--headless", "--log-level", "never"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        address = $"127.0.0.1:{port}";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await TemporalConnection.ConnectAsync(new(address));
                return;
            }
            catch (InvalidOperationException) when (attempt < 10 && !process.HasExited)
            {
                // Each attempt itself waits for some seconds.
            }
        }
    }

    /// <summary>A client with a connection of its own.</summary>
    public Task<TemporalClient> ConnectAsync() => TemporalClient.ConnectAsync(new(Address));

    public ValueTask DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
        return default;
    }

    private static string? Find()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append(Path.Combine(home, ".cache", "imagelibrary-tools"));
        return folders.Select(folder => Path.Combine(folder, "temporal")).FirstOrDefault(File.Exists);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
