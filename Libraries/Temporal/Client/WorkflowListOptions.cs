namespace Temporalio.Client;

/// <summary>Options of a list of workflows.</summary>
public class WorkflowListOptions : ICloneable
{
    /// <summary>How many workflows to list at most, 0 for all.</summary>
    public int Limit { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowListOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
