using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Options of fetching events.</summary>
public class WorkflowHistoryEventFetchOptions : ICloneable
{
    /// <summary>Which events to fetch. Default all.</summary>
    public HistoryEventFilterType EventFilterType { get; set; } = HistoryEventFilterType.AllEvent;

    /// <summary>Whether archived histories are left out.</summary>
    public bool SkipArchival { get; set; }

    /// <summary>Whether to wait for events until the workflow has ended.</summary>
    public bool WaitNewEvent { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowHistoryEventFetchOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
