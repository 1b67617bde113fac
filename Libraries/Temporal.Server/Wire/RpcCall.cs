namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>What a handler may know about the call that it answers.</summary>
/// <param name="Timeout">The time that the caller granted, or null where it named none.</param>
/// <param name="ClientName">The header <c>client-name</c>, empty if absent.</param>
/// <param name="Aborted">Fires when the caller went away or its deadline passed.</param>
internal sealed record RpcCall(TimeSpan? Timeout, string ClientName, CancellationToken Aborted)
{
    /// <summary>A call made by the server itself.</summary>
    public static RpcCall Internal { get; } = new(null, string.Empty, CancellationToken.None);
}
