using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>How a local activity, which runs in the workflow's own worker, is executed.
/// <see cref="StartToCloseTimeout"/> or <see cref="ScheduleToCloseTimeout"/> is required.</summary>
public class LocalActivityOptions : ICloneable
{
    /// <summary>Limit from scheduling to the end, over all attempts; null for none.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    /// <summary>Limit for waiting for a slot; null for none.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; set; }

    /// <summary>Limit of a single attempt; null means <see cref="ScheduleToCloseTimeout"/>.</summary>
    public TimeSpan? StartToCloseTimeout { get; set; }

    /// <summary>How failed attempts are retried; null for the default policy.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>What cancellation means, <see cref="ActivityCancellationType.TryCancel"/> by default.</summary>
    public ActivityCancellationType CancellationType { get; set; } = ActivityCancellationType.TryCancel;

    /// <summary>Cancels this activity; null for <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Id of the activity within the run; null for its sequence number.</summary>
    public string? ActivityId { get; set; }

    /// <summary>Longest retry interval that is waited for locally; a longer one becomes a timer. Null for one workflow
    /// task timeout.</summary>
    public TimeSpan? LocalRetryThreshold { get; set; }

    /// <summary>One line for people, shown in the user interface.</summary>
    public string? Summary { get; set; }

    /// <summary>Copies these options; the retry policy is copied too.</summary>
    public virtual object Clone()
    {
        var copy = (LocalActivityOptions)MemberwiseClone();
        copy.RetryPolicy = RetryPolicy is { } policy ? policy with { } : null;
        return copy;
    }
}
