namespace Temporalio.Client;

/// <summary>Options of a signal.</summary>
public class WorkflowSignalOptions : ICloneable
{
    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowSignalOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
