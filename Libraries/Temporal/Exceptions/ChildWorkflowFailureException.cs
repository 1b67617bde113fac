using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A child workflow failed; the inner exception says why.</summary>
public class ChildWorkflowFailureException : FailureException
{
    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">Why the child failed.</param>
    protected internal ChildWorkflowFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ChildWorkflowExecutionFailureInfo == null)
        {
            throw new ArgumentException("The failure is not a child workflow failure", nameof(failure));
        }
    }

    /// <inheritdoc cref="FailureException.Failure" />
    public new Failure Failure => base.Failure!;

    /// <summary>The child's namespace.</summary>
    public string Namespace => Failure.ChildWorkflowExecutionFailureInfo.Namespace;

    /// <summary>The child's workflow id.</summary>
    public string WorkflowId => Failure.ChildWorkflowExecutionFailureInfo.WorkflowExecution.WorkflowId;

    /// <summary>The child's run id.</summary>
    public string RunId => Failure.ChildWorkflowExecutionFailureInfo.WorkflowExecution.RunId;

    /// <summary>The child's workflow type.</summary>
    public string WorkflowType => Failure.ChildWorkflowExecutionFailureInfo.WorkflowType.Name;

    /// <summary>Why it was not retried any more.</summary>
    public RetryState RetryState => Failure.ChildWorkflowExecutionFailureInfo.RetryState;
}
