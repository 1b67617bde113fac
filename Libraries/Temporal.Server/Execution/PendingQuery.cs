using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>A query that waits for its answer.</summary>
internal sealed class PendingQuery(WorkflowQuery query)
{
    private readonly TaskCompletionSource<QueryWorkflowResponse> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public WorkflowQuery Query { get; } = query;

    public Task<QueryWorkflowResponse> Answer => answer.Task;

    public bool IsAnswered => answer.Task.IsCompleted;

    /// <summary>Whether a worker has it in hand.</summary>
    public bool IsStarted { get; set; }

    public void Complete(QueryWorkflowResponse response) => answer.TrySetResult(response);

    public void Refuse(Exception exception) => answer.TrySetException(exception);
}
