using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServer))]

// Much of a test's time is waiting for processes to start and stop.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>One running server for all tests that neither start, stop nor kill one: each adds a library of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IDisposable> opened = [];
    private Task<Program>? program;

    /// <summary>Its data folder.</summary>
    internal string Data => folder["data"];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server, started by the first who asks.</summary>
    internal async Task<Server> GetAsync()
    {
        Task<Program> start;
        lock (opened)
        {
            start = program ??= StartAsync();
        }
        var server = await (await start).ReadyAsync();
        lock (opened)
        {
            opened.Add(server);
        }
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        opened.ForEach(server => server.Dispose());
        if (program is not null)
        {
            await (await program).DisposeAsync();
        }
        folder.Dispose();
    }

    // Without a folder, the first start would make a library of samples.
    private Task<Program> StartAsync() => Task.FromResult(Program.Serve(Data, Directory.CreateDirectory(folder["empty"]).FullName));
}
