using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.MongoDb.Bson.Driver.MongoServer))]

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>A replica set of one real mongod. Without the program its tests are skipped.</summary>
public sealed class MongoServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"imagelibrary-bson-{Guid.NewGuid():n}");
    private Process? _process;
    private MongoClient? _client;

    public async ValueTask InitializeAsync()
    {
        if (FindProgram() is not { } program)
        {
            return;
        }
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Directory.CreateDirectory(_folder);
        _process = Process.Start(new ProcessStartInfo(
            program, ["--dbpath", _folder, "--port", $"{port}", "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--replSet", "rs0", "--quiet"])
        {
            RedirectStandardOutput = true,
        })!;
        _process.BeginOutputReadLine();
        var client = new MongoClient(new MongoClientSettings { Server = new MongoServerAddress("127.0.0.1", port), DirectConnection = true });
        var admin = client.GetDatabase("admin");
        var member = new BsonDocument { { "_id", 0 }, { "host", $"127.0.0.1:{port}" } };
        await admin.RunCommandAsync<BsonDocument>(new BsonDocument("replSetInitiate", new BsonDocument { { "_id", "rs0" }, { "members", new BsonArray { member } } }));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await admin.RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), cancellationToken: deadline.Token)).GetValue("isWritablePrimary", false).ToBoolean())
        {
            await Task.Delay(50, deadline.Token);
        }
        _client = client;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process != null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>A client of the server; skips the test when there is none.</summary>
    public MongoClient ClientOrSkip()
    {
        Assert.SkipWhen(_client is null, "No MongoDB: put `mongod` on the PATH, or name it in MONGOD.");
        return _client!;
    }

    private static string? FindProgram()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append(UnpackedTools());
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, "mongod"))
            .Prepend(Environment.GetEnvironmentVariable("MONGOD") ?? "").FirstOrDefault(File.Exists);
    }

    // The folder of tools that may lie beside the repository.
    private static string UnpackedTools()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ImageLibrary.sln")))
        {
            root = root.Parent;
        }
        var script = Path.Combine(root?.Parent?.FullName ?? "", "shared", "tools", "unpack");
        if (!File.Exists(script))
        {
            return "";
        }
        using var unpack = Process.Start(new ProcessStartInfo(script) { RedirectStandardOutput = true })!;
        var folder = unpack.StandardOutput.ReadToEnd().Trim();
        unpack.WaitForExit();
        return unpack.ExitCode == 0 ? folder : "";
    }
}
