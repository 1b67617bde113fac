namespace Temporalio.Workflows;

/// <summary>What cancelling a child workflow means for the parent that waits for it.</summary>
public enum ChildWorkflowCancellationType
{
    /// <summary>Do not tell the child; report the cancellation at once.</summary>
    Abandon,

    /// <summary>Request the cancellation and report it at once.</summary>
    TryCancel,

    /// <summary>Request the cancellation and wait for the child to end.</summary>
    WaitCancellationCompleted,

    /// <summary>Request the cancellation and wait until the child was told.</summary>
    WaitCancellationRequested,
}
