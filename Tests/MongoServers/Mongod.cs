using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ImageLibrary.Tests.MongoServers;

/// <summary>One real mongod on a free port, with a folder of its own.</summary>
public sealed class Mongod : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RestartInterval = TimeSpan.FromSeconds(1);
    private readonly string _folder;
    private readonly string[] _arguments;
    private Process? _process;

    private Mongod(string folder, string[] arguments)
    {
        _folder = folder;
        _arguments = arguments;
    }

    /// <summary>The port; it stays the same when the server is started again.</summary>
    public int Port { get; private set; }

    /// <summary>Host and port.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>URL of this server alone.</summary>
    public string Url => $"mongodb://{Address}/?directConnection=true";

    /// <summary>Starts a server and waits until it takes connections. Skips the test when the program is missing.</summary>
    /// <param name="arguments">Arguments besides folder, port and size.</param>
    public static Task<Mongod> StartAsync(params string[] arguments) =>
        StartInAsync(Directory.CreateTempSubdirectory("imagelibrary-mongod-").FullName, arguments);

    /// <summary>The same in a folder that is there, and that is removed in the end.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="arguments">Arguments besides folder, port and size.</param>
    public static async Task<Mongod> StartInAsync(string folder, params string[] arguments)
    {
        var server = new Mongod(folder, arguments);
        try
        {
            // Somebody else may take the port between the choice and the start.
            for (var attempt = 1; ; attempt++)
            {
                server.Port = FreePort();
                try
                {
                    await server.RunAsync();
                    return server;
                }
                catch (InvalidOperationException) when (attempt < 3)
                {
                    server._process = null;
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the server as a power cut would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Starts the killed server again on its port and folder.</summary>
    public Task StartAgainAsync() => RunAsync();

    /// <summary>Starts the server again whenever it has ended by itself, as a supervisor does.</summary>
    /// <param name="onEnd">Called each time that it was found ended.</param>
    /// <param name="cancellationToken">Ends the supervision; the server stays as it is.</param>
    public async Task SuperviseAsync(Action onEnd, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RestartInterval);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_process is not { HasExited: false })
            {
                onEnd();
                await KillAsync();
                try
                {
                    await RunAsync();
                }
                catch (InvalidOperationException)
                {
                    // What ended it may not be over yet.
                }
            }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task RunAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lastLine = "";
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                MongodProgram.PathOrSkip(),
                ["--dbpath", _folder, "--port", $"{Port}", "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--quiet", .. _arguments])
            {
                RedirectStandardOutput = true,
            },
            EnableRaisingEvents = true,
        };
        process.OutputDataReceived += (_, line) =>
        {
            lastLine = line.Data ?? lastLine;
            if (line.Data?.Contains("\"msg\":\"Waiting for connections\"", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"mongod ended at once: {lastLine}"));
        process.Start();
        process.BeginOutputReadLine();
        _process = process;
        await ready.Task.WaitAsync(StartDeadline);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
