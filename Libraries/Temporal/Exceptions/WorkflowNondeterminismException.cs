namespace Temporalio.Exceptions;

/// <summary>Workflow code and history disagree: the code is not deterministic or has changed.</summary>
public class WorkflowNondeterminismException : InvalidWorkflowOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Where they disagree.</param>
    internal WorkflowNondeterminismException(string message)
        : base(message)
    {
    }
}
