using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The events that one workflow task saw.</summary>
/// <param name="Events">The events, usually ending with the task's start.</param>
/// <param name="IsLast">Whether nothing follows in the history.</param>
internal sealed record HistorySequence(IReadOnlyList<HistoryEvent> Events, bool IsLast);
