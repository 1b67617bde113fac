using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Client;

[assembly: AssemblyFixture(typeof(Temporalio.Tests.Support.DevServer))]

namespace Temporalio.Tests.Support;

/// <summary>A Temporal server for all tests; without one, tests that need it are skipped.</summary>
public sealed class DevServer : IAsyncLifetime
{
    private DevelopmentServer? server;

    public string Address
    {
        get
        {
            Assert.SkipWhen(server is null, DevelopmentServer.Missing);
            return server!.Address;
        }
    }

    public async ValueTask InitializeAsync() => server = await DevelopmentServer.StartAsync();

    /// <summary>A client with a connection of its own.</summary>
    public Task<TemporalClient> ConnectAsync() => TemporalClient.ConnectAsync(new(Address));

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;
}
