namespace Temporalio.Workflows;

/// <summary>The update that the current code handles.</summary>
/// <param name="Id">Id of the update, unique within the workflow.</param>
/// <param name="Name">Name of the update.</param>
public record WorkflowUpdateInfo(string Id, string Name);
