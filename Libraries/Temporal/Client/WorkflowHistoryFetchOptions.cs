using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Options of fetching a history.</summary>
public class WorkflowHistoryFetchOptions : ICloneable
{
    /// <summary>Which events to fetch. Default all.</summary>
    public HistoryEventFilterType EventFilterType { get; set; } = HistoryEventFilterType.AllEvent;

    /// <summary>Whether archived histories are left out.</summary>
    public bool SkipArchival { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowHistoryFetchOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
