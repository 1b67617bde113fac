namespace Temporalio.Client;

/// <summary>Options of a heartbeat.</summary>
public class AsyncActivityHeartbeatOptions : ICloneable
{
    /// <summary>What it carries.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (AsyncActivityHeartbeatOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
