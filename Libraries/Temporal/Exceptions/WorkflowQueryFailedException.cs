namespace Temporalio.Exceptions;

/// <summary>A query's handler failed.</summary>
public class WorkflowQueryFailedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The handler's message.</param>
    public WorkflowQueryFailedException(string message)
        : base(message)
    {
    }
}
