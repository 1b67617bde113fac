namespace Temporalio.Client;

/// <summary>Options of a completion.</summary>
public class AsyncActivityCompleteOptions : ICloneable
{
    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (AsyncActivityCompleteOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
