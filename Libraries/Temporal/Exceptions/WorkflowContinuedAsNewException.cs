namespace Temporalio.Exceptions;

/// <summary>The awaited run went on as a new run, and runs were not to be followed.</summary>
public class WorkflowContinuedAsNewException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="newRunId">The run that follows.</param>
    public WorkflowContinuedAsNewException(string newRunId)
        : base("Workflow continued as new") => NewRunId = newRunId;

    /// <summary>The run that follows.</summary>
    public string NewRunId { get; }
}
