namespace Temporalio.Exceptions;

/// <summary>A workflow with this id exists already, and the id policies forbid another.</summary>
public class WorkflowAlreadyStartedException : FailureException
{
    /// <summary>Creates the exception without a workflow type.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="workflowId">The id that is taken.</param>
    /// <param name="runId">The run that has it.</param>
    [Obsolete("Use the constructor that takes the workflow type")]
    public WorkflowAlreadyStartedException(string message, string workflowId, string runId)
        : this(message, workflowId, "<unknown>", runId)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="workflowId">The id that is taken.</param>
    /// <param name="workflowType">The type that was to be started.</param>
    /// <param name="runId">The run that has the id.</param>
    public WorkflowAlreadyStartedException(string message, string workflowId, string workflowType, string runId)
        : base(message)
    {
        WorkflowId = workflowId;
        WorkflowType = workflowType;
        RunId = runId;
    }

    /// <summary>The id that is taken.</summary>
    public string WorkflowId { get; }

    /// <summary>The type that was to be started.</summary>
    public string WorkflowType { get; }

    /// <summary>The run that has the id, empty when the server does not tell.</summary>
    public string RunId { get; }
}
