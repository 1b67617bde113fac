using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>How an activity is scheduled. <see cref="StartToCloseTimeout"/> or <see cref="ScheduleToCloseTimeout"/> is
/// required.</summary>
public class ActivityOptions : ICloneable
{
    /// <summary>Limit from scheduling to the end, over all attempts; null for none.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    /// <summary>Limit for waiting in the task queue; null for none. Its expiry is not retried.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; set; }

    /// <summary>Limit of a single attempt; null means <see cref="ScheduleToCloseTimeout"/>.</summary>
    public TimeSpan? StartToCloseTimeout { get; set; }

    /// <summary>Longest silence between two heartbeats; null for no check.</summary>
    public TimeSpan? HeartbeatTimeout { get; set; }

    /// <summary>How failed attempts are retried; null for the server's default policy.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>What cancellation means, <see cref="ActivityCancellationType.TryCancel"/> by default.</summary>
    public ActivityCancellationType CancellationType { get; set; } = ActivityCancellationType.TryCancel;

    /// <summary>Cancels this activity; null for <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Task queue of the activity; null for the workflow's own.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>One line for people, shown in the user interface.</summary>
    public string? Summary { get; set; }

    /// <summary>Id of the activity within the run; null for its sequence number.</summary>
    public string? ActivityId { get; set; }

    /// <summary>Which worker versions may take it (the older build id scheme).</summary>
    [Obsolete("Worker deployments replace build id versioning")]
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <summary>Whether the activity may not start eagerly on the worker that scheduled it.</summary>
    public bool DisableEagerActivityExecution { get; set; }

    /// <summary>Priority within the task queue; null for the workflow's own.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Copies these options; the retry policy is copied too.</summary>
    public virtual object Clone()
    {
        var copy = (ActivityOptions)MemberwiseClone();
        copy.RetryPolicy = RetryPolicy is { } policy ? policy with { } : null;
        return copy;
    }
}
