namespace Temporalio.Client;

/// <summary>Options of a count of workflows.</summary>
public class WorkflowCountOptions : ICloneable
{
    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowCountOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
