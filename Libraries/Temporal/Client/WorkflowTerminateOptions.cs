namespace Temporalio.Client;

/// <summary>Options of a termination.</summary>
public class WorkflowTerminateOptions : ICloneable
{
    /// <summary>Values to record with it.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowTerminateOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
