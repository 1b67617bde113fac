using System.Net.Sockets;
using ImageLibrary.Temporal.Server;

namespace ImageLibrary.Cli.Serving;

/// <summary>Starts the embedded engine and says in one line why it cannot start.</summary>
internal static class EnginePart
{
    public static async Task<TemporalServerHost> StartAsync(TemporalServerOptions options, string portOption, CancellationToken cancellationToken)
    {
        try
        {
            return await TemporalServerHost.StartAsync(options, cancellationToken);
        }
        catch (TemporalServerException e)
        {
            throw new UserException($"the engine cannot start: {e.Message}", inner: e);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new UserException(
                $"the engine cannot listen on port {options.Port}: {e.Message.TrimEnd('.')}; choose another by {portOption} (0 takes a free one)", inner: e);
        }
    }
}
