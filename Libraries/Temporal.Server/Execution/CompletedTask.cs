using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>What the worker of a workflow task gets back.</summary>
/// <param name="Next">The next task, where the worker asked for it and there is one.</param>
/// <param name="ResetTo">The event to go back to, if the task was discarded; zero if not.</param>
/// <param name="Activities">First attempts of activities that the worker does itself.</param>
internal sealed record CompletedTask(WorkflowTaskReply? Next, long ResetTo, IReadOnlyList<PollActivityTaskQueueResponse> Activities)
{
    public static CompletedTask Nothing { get; } = new(null, 0, []);
}
