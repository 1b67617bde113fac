namespace Temporalio.Client;

/// <summary>Options of a cancellation.</summary>
public class WorkflowCancelOptions : ICloneable
{
    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowCancelOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
