namespace Temporalio.Exceptions;

/// <summary>Workflow code left the workflow's task scheduler.</summary>
public class InvalidWorkflowSchedulerException : InvalidWorkflowOperationException
{
    private readonly string? stackTrace;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was done.</param>
    /// <param name="stackTraceOverride">Where it was done, when that is not where this is thrown.</param>
    internal InvalidWorkflowSchedulerException(string message, string? stackTraceOverride = null)
        : base(message) => stackTrace = stackTraceOverride;

    /// <inheritdoc />
    public override string? StackTrace => stackTrace ?? base.StackTrace;
}
