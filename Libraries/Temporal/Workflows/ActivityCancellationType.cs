namespace Temporalio.Workflows;

/// <summary>What cancelling an activity means for the workflow that waits for it.</summary>
public enum ActivityCancellationType
{
    /// <summary>Request the cancellation and report it at once.</summary>
    TryCancel,

    /// <summary>Request the cancellation and wait for the activity's own answer.</summary>
    WaitCancellationCompleted,

    /// <summary>Do not tell the activity; report the cancellation at once.</summary>
    Abandon,
}
