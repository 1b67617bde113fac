using ImageLibrary.Temporal.Server;
using ImageLibrary.Tests.Workflows.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(EmbeddedEngine))]

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The product's own engine, in memory.</summary>
public sealed class EmbeddedEngine : IEngine, IAsyncLifetime
{
    /// <summary>The tests on one engine run one after the other, because their workers share its task queues.</summary>
    public const string Name = "embedded engine";

    private TemporalServerHost? host;

    public async ValueTask InitializeAsync() => host = await TemporalServerHost.StartAsync(new TemporalServerOptions { Port = 0 });

    public string AddressOrSkip() => host!.Address;

    public async ValueTask DisposeAsync() => await host!.DisposeAsync();
}
