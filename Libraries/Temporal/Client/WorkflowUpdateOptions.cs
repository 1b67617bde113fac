namespace Temporalio.Client;

/// <summary>Options of an update.</summary>
public class WorkflowUpdateOptions : ICloneable
{
    /// <summary>Creates options with a random id.</summary>
    public WorkflowUpdateOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="id">Id of the update.</param>
    public WorkflowUpdateOptions(string id) => Id = id;

    /// <summary>Id of the update, null for a random one. Two updates of one id are one.</summary>
    public string? Id { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowUpdateOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
