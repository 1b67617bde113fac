using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>A workflow ran for a task.</summary>
public class WorkflowTaskCompletedEventArgs : WorkflowTaskEventArgs
{
    internal WorkflowTaskCompletedEventArgs(
        WorkflowInfo workflowInfo, WorkflowDefinition workflowDefinition, Exception? taskFailureException)
        : base(workflowInfo, workflowDefinition) => TaskFailureException = taskFailureException;

    /// <summary>Why the task failed; null if it did not.</summary>
    public Exception? TaskFailureException { get; }
}
