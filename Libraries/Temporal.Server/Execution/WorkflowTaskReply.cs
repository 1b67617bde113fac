using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>A workflow task for a worker: the reply, and the history to send with it, which is read outside of the loop.</summary>
/// <param name="Message">The reply without its history.</param>
/// <param name="History">What to read; null sends none.</param>
/// <param name="Unwritten">Events of a further attempt, which stand in no history.</param>
internal sealed record WorkflowTaskReply(PollWorkflowTaskQueueResponse Message, HistoryReader? History, IReadOnlyList<HistoryEvent> Unwritten);
