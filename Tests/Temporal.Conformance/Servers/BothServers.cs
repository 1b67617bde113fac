using ImageLibrary.Temporal.Server;
using Temporalio.Client;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.Temporal.Conformance.Servers.BothServers))]

// The tests wait for servers most of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 16)]

namespace ImageLibrary.Tests.Temporal.Conformance.Servers;

/// <summary>Which server a test asks.</summary>
public enum ServerKind
{
    /// <summary>The official development server.</summary>
    Official,

    /// <summary>The server of this repository.</summary>
    Embedded,
}

/// <summary>One server of each kind for the whole run.</summary>
public sealed class BothServers : IAsyncLifetime
{
    private readonly Dictionary<ServerKind, TemporalClient> clients = [];
    private DevelopmentServer? official;
    private TemporalServerHost? embedded;

    /// <summary>The argument of every test.</summary>
    public static TheoryData<ServerKind> Kinds { get; } = [ServerKind.Official, ServerKind.Embedded];

    public async ValueTask InitializeAsync()
    {
        embedded = await TemporalServerHost.StartAsync(new TemporalServerOptions
        {
            Port = 0,
            SearchAttributes = new Dictionary<string, SearchAttributeType>
            {
                ["ConformanceWord"] = SearchAttributeType.Keyword,
                ["ConformanceNumber"] = SearchAttributeType.Int,
            },
        });
        clients[ServerKind.Embedded] = TemporalClient.CreateLazy(new(embedded.Address));
        official = await DevelopmentServer.StartAsync(
            "--search-attribute", "ConformanceWord=Keyword", "--search-attribute", "ConformanceNumber=Int");
        if (official is not null)
        {
            clients[ServerKind.Official] = TemporalClient.CreateLazy(new(official.Address));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (official is not null)
        {
            await official.DisposeAsync();
        }

        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }
    }

    /// <summary>A session with a task queue and workflow ids of its own; skips the test where the server is missing.</summary>
    internal Session Open(ServerKind kind)
    {
        Assert.SkipUnless(clients.ContainsKey(kind), DevelopmentServer.Missing);
        return new Session(clients[kind].WorkflowService);
    }
}
