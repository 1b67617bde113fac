using System.Net;
using ImageLibrary.Core;

namespace ImageLibrary.Api;

/// <summary>How the API is reached and whom it trusts.</summary>
public sealed record ApiOptions
{
    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<IPAddress> Bind { get; init; } = [IPAddress.Loopback];

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Names, besides those of the loopback interface, that a Host header may carry.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Path below which everything is served, such as <c>/pictures</c>; empty for the root.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>The administrator's token.</summary>
    public required string AdminToken { get; init; }

    /// <summary>
    /// Tokens and signing key of all processes that share the store; null when this is the only one, whose sessions are then
    /// signed by a key derived from its token.
    /// </summary>
    public AccessKeys? Access { get; init; }

    /// <summary>Folder with the store, the engine's file and the derivatives: never a library.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Folder of the built web UI; null when there is none.</summary>
    public string? WebRoot { get; init; }

    /// <summary>How long a request for a missing derivative waits for it.</summary>
    public TimeSpan RenderWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request waits for the disk of a library to open a file.</summary>
    public TimeSpan SourceWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often event streams look for changed jobs.</summary>
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How often event streams send a comment while nothing happens.</summary>
    public TimeSpan EventKeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names its setting.</exception>
    public void Validate()
    {
        if (Port is < 0 or > 65535)
        {
            throw new ArgumentException($"--port (IMAGELIBRARY_PORT) must be 0 to 65535, not {Port}.");
        }
        if (BasePath.Length > 0 && (!BasePath.StartsWith('/') || BasePath.EndsWith('/')))
        {
            throw new ArgumentException(
                $"--base-path (IMAGELIBRARY_BASE_PATH) must start with '/' and not end with it: '{BasePath}'.");
        }
        if (AdminToken.Length < 16)
        {
            throw new ArgumentException("The administrator's token must have at least 16 characters.");
        }
    }
}
