using Temporalio.Api.Enums.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A page of a history that is to be fetched.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="PageSize">How many events it has at most.</param>
/// <param name="NextPageToken">Token of the page, null for the first.</param>
/// <param name="WaitNewEvent">Whether to wait for events.</param>
/// <param name="EventFilterType">Which events to fetch.</param>
/// <param name="SkipArchival">Whether archived histories are left out.</param>
/// <param name="Rpc">Options of the calls.</param>
public record FetchWorkflowHistoryEventPageInput(
    string Id,
    string? RunId,
    int? PageSize,
    byte[]? NextPageToken,
    bool WaitNewEvent,
    HistoryEventFilterType EventFilterType,
    bool SkipArchival,
    RpcOptions? Rpc);
