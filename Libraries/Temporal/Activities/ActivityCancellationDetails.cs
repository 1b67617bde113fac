namespace Temporalio.Activities;

/// <summary>All that is known about an activity's cancellation.</summary>
public class ActivityCancellationDetails
{
    /// <summary>Whether the server does not know it any more.</summary>
    public bool IsGoneFromServer { get; init; }

    /// <summary>Whether its cancellation was asked for.</summary>
    public bool IsCancelRequested { get; init; }

    /// <summary>Whether it took too long.</summary>
    public bool IsTimedOut { get; init; }

    /// <summary>Whether the worker shuts down.</summary>
    public bool IsWorkerShutdown { get; init; }

    /// <summary>Whether a heartbeat could not be recorded.</summary>
    public bool IsHeartbeatRecordFailure { get; init; }

    /// <summary>Whether it was paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether it was reset.</summary>
    public bool IsReset { get; init; }
}
