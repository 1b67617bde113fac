using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>How far an update has come.</summary>
public enum WorkflowUpdateStage
{
    /// <summary>Not said.</summary>
    None = UpdateWorkflowExecutionLifecycleStage.Unspecified,

    /// <summary>The server knows of it. Cannot be waited for.</summary>
    Admitted = UpdateWorkflowExecutionLifecycleStage.Admitted,

    /// <summary>The workflow has accepted it, or rejected.</summary>
    Accepted = UpdateWorkflowExecutionLifecycleStage.Accepted,

    /// <summary>Its handler has ended.</summary>
    Completed = UpdateWorkflowExecutionLifecycleStage.Completed,
}
