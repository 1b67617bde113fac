namespace Temporalio.Client;

/// <summary>Options of a failure.</summary>
public class AsyncActivityFailOptions : ICloneable
{
    /// <summary>What the last heartbeat would have carried.</summary>
    public IReadOnlyCollection<object?>? LastHeartbeatDetails { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (AsyncActivityFailOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
