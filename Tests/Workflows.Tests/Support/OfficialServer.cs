using ImageLibrary.Tests.Temporal.Conformance.Servers;
using ImageLibrary.Tests.Workflows.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(OfficialServer))]

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The official Temporal server. Without the program its tests are skipped.</summary>
public sealed class OfficialServer : IEngine, IAsyncLifetime
{
    /// <summary>Its tests run one after the other, because their workers share its task queues.</summary>
    public const string Name = "official server";

    private DevelopmentServer? server;

    public async ValueTask InitializeAsync() => server = await DevelopmentServer.StartAsync();

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;

    /// <summary>There is one for all: this server takes seconds to show a new one.</summary>
    public Task<string> NamespaceAsync() => Task.FromResult("default");

    /// <summary>The server's address; skips the test when there is none.</summary>
    public string AddressOrSkip()
    {
        Assert.SkipWhen(server is null, DevelopmentServer.Missing);
        return server!.Address;
    }
}
