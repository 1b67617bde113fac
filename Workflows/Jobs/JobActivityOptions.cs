using Temporalio.Common;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>How activities are run. They fail only for infrastructure, so they are retried without end.</summary>
internal static class JobActivityOptions
{
    /// <summary>One update of the store; a lost worker is noticed by the timeout.</summary>
    public static ActivityOptions Update() => new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(10),
        RetryPolicy = Retry(),
    };

    /// <summary>One update of the store that is made although the workflow is cancelled.</summary>
    public static ActivityOptions Closing()
    {
        var options = Update();
        options.CancellationToken = CancellationToken.None;
        return options;
    }

    /// <summary>Work that takes a while and heartbeats each second.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public static ActivityOptions Work(CancellationToken cancellationToken) => new()
    {
        StartToCloseTimeout = TimeSpan.FromHours(1),
        HeartbeatTimeout = TimeSpan.FromSeconds(10),
        RetryPolicy = Retry(),
        CancellationToken = cancellationToken,
    };

    /// <summary>A batch: when it is stopped it finishes the pictures in flight and tells what remains.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public static ActivityOptions Batch(CancellationToken cancellationToken)
    {
        var options = Work(cancellationToken);
        options.CancellationType = ActivityCancellationType.WaitCancellationCompleted;
        return options;
    }

    /// <summary>A whole archive, which may take hours; it stops like a batch.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public static ActivityOptions Archive(CancellationToken cancellationToken)
    {
        var options = Batch(cancellationToken);
        options.StartToCloseTimeout = TimeSpan.FromHours(24);
        return options;
    }

    private static RetryPolicy Retry() => new()
    {
        InitialInterval = TimeSpan.FromSeconds(1),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromSeconds(30),
        NonRetryableErrorTypes = [FailureTypes.NotFound, FailureTypes.InvalidInput],
    };
}
