namespace Temporalio.Exceptions;

/// <summary>An update was rejected or its handler failed; the inner exception says why.</summary>
public class WorkflowUpdateFailedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">Why it failed.</param>
    public WorkflowUpdateFailedException(Exception? inner)
        : base("Workflow update failed", inner)
    {
    }
}
