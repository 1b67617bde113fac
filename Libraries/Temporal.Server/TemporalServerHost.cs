using System.Net;
using ImageLibrary.Temporal.Server.Wire;

namespace ImageLibrary.Temporal.Server;

/// <summary>
/// A Temporal-compatible server in this process: gRPC over HTTP/2, histories in SQLite. Any Temporal client, worker, the
/// official command line and Web UI can connect to <see cref="Address"/>.
/// </summary>
public sealed class TemporalServerHost : IAsyncDisposable
{
    private readonly TemporalEngine engine;
    private readonly GrpcListener listener;

    private TemporalServerHost(TemporalEngine engine, GrpcListener listener)
    {
        this.engine = engine;
        this.listener = listener;
    }

    /// <summary>Where the server listens, as <c>127.0.0.1:7233</c>.</summary>
    public string Address => listener.EndPoint.ToString();

    /// <summary>Where the server listens.</summary>
    public IPEndPoint EndPoint => listener.EndPoint;

    /// <summary>Opens the data file, recovers what was running, and listens.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server; dispose of it to stop it.</returns>
    /// <exception cref="TemporalServerException">A setting is wrong, or the data file is in use or damaged.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<TemporalServerHost> StartAsync(TemporalServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var engine = await TemporalEngine.StartAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            var listener = await GrpcListener.StartAsync(engine.Methods, options, cancellationToken).ConfigureAwait(false);
            return new TemporalServerHost(engine, listener);
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops listening, ends open calls, writes what is outstanding and closes the data file. Calling it again does nothing.</summary>
    /// <returns>A task that ends when the data file is closed.</returns>
    public async Task StopAsync()
    {
        engine.BeginStop();
        await listener.DisposeAsync().ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);
}
