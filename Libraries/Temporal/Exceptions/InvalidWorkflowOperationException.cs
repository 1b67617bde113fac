namespace Temporalio.Exceptions;

/// <summary>Workflow code did something that a workflow must not do.</summary>
public class InvalidWorkflowOperationException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was done.</param>
    internal InvalidWorkflowOperationException(string message)
        : base(message)
    {
    }
}
