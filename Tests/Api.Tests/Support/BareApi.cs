using Xunit;

namespace ImageLibrary.Tests.Api.Support;

/// <summary>An API without engine and without a library, for what needs neither.</summary>
public sealed class BareApi : IAsyncLifetime
{
    private ApiServer? server;

    internal ApiServer Server => server!;

    public async ValueTask InitializeAsync() => server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
