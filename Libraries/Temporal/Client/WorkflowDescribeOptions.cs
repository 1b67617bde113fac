namespace Temporalio.Client;

/// <summary>Options of a description.</summary>
public class WorkflowDescribeOptions : ICloneable
{
    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowDescribeOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
