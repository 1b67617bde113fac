namespace Temporalio.Client;

/// <summary>Options of a page of a list of workflows.</summary>
public class WorkflowListPaginatedOptions : ICloneable
{
    /// <summary>How many workflows a page has at most, 0 for the server's default.</summary>
    public int PageSize { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowListPaginatedOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
