using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>A workflow task of a worker.</summary>
public abstract class WorkflowTaskEventArgs : EventArgs
{
    internal WorkflowTaskEventArgs(WorkflowInfo workflowInfo, WorkflowDefinition workflowDefinition)
    {
        WorkflowInfo = workflowInfo;
        WorkflowDefinition = workflowDefinition;
    }

    /// <summary>The run.</summary>
    public WorkflowInfo WorkflowInfo { get; }

    /// <summary>The workflow.</summary>
    public WorkflowDefinition WorkflowDefinition { get; }
}
