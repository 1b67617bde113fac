using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Client;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.Temporal.Workflows.Tests.Support.TemporalServer))]

// The tests wait for the server's timers most of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 16)]

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Support;

/// <summary>The official server, one per test run. Without the program, tests that need it are skipped.</summary>
public sealed class TemporalServer : IAsyncLifetime
{
    private DevelopmentServer? server;

    public string? Address => server?.Address;

    public async ValueTask InitializeAsync() =>
        server = await DevelopmentServer.StartAsync("--search-attribute", "TestKeyword=Keyword", "--search-attribute", "TestNumber=Int");

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;

    /// <summary>A client, or skips the test.</summary>
    public async Task<TemporalClient> ConnectAsync()
    {
        Assert.SkipWhen(server is null, DevelopmentServer.Missing);
        return await TemporalClient.ConnectAsync(new(server!.Address));
    }
}
