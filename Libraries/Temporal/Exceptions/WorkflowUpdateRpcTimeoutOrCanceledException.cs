namespace Temporalio.Exceptions;

/// <summary>Waiting for an update was given up; the update itself may go on.</summary>
public class WorkflowUpdateRpcTimeoutOrCanceledException : RpcTimeoutOrCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">What caused it.</param>
    public WorkflowUpdateRpcTimeoutOrCanceledException(Exception? inner)
        : base("Timeout or cancellation waiting for update", inner)
    {
    }
}
