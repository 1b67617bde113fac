using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Options of a query.</summary>
public class WorkflowQueryOptions : ICloneable
{
    /// <summary>In which states of the workflow the query is refused, null for the client's setting.</summary>
    public QueryRejectCondition? RejectCondition { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowQueryOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
