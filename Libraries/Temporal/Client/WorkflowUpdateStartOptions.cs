namespace Temporalio.Client;

/// <summary>Options of starting an update.</summary>
public class WorkflowUpdateStartOptions : WorkflowUpdateOptions
{
    /// <summary>Creates options without the stage, which is required.</summary>
    public WorkflowUpdateStartOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="waitForStage">Stage to wait for.</param>
    public WorkflowUpdateStartOptions(WorkflowUpdateStage waitForStage) => WaitForStage = waitForStage;

    /// <summary>Creates options.</summary>
    /// <param name="id">Id of the update.</param>
    /// <param name="waitForStage">Stage to wait for.</param>
    public WorkflowUpdateStartOptions(string id, WorkflowUpdateStage waitForStage)
        : base(id) => WaitForStage = waitForStage;

    /// <summary>Stage to wait for: accepted or completed.</summary>
    public WorkflowUpdateStage WaitForStage { get; set; }
}
