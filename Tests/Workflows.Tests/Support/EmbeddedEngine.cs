using ImageLibrary.Temporal.Server;
using ImageLibrary.Tests.Workflows.Support;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Xunit;

[assembly: AssemblyFixture(typeof(EmbeddedEngine))]

// Much of a test's time is waiting for delays, and for disks that do not answer.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The product's own engine, in memory. Each library has a namespace of its own, so that tests run side by side.</summary>
public sealed class EmbeddedEngine : IEngine, IAsyncLifetime
{
    private TemporalServerHost? host;
    private int namespaces;

    public async ValueTask InitializeAsync() => host = await TemporalServerHost.StartAsync(new TemporalServerOptions { Port = 0 });

    public string AddressOrSkip() => host!.Address;

    public async Task<string> NamespaceAsync()
    {
        var name = $"library-{Interlocked.Increment(ref namespaces)}";
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(host!.Address));
        await client.WorkflowService.RegisterNamespaceAsync(new RegisterNamespaceRequest { Namespace = name });
        return name;
    }

    public async ValueTask DisposeAsync() => await host!.DisposeAsync();
}
