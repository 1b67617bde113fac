namespace Temporalio.Activities;

/// <summary>Why an activity was cancelled.</summary>
public enum ActivityCancelReason
{
    /// <summary>It was not cancelled.</summary>
    None = 0,

    /// <summary>The server does not know it any more.</summary>
    GoneFromServer = 1,

    /// <summary>Its cancellation was asked for.</summary>
    CancelRequested = 2,

    /// <summary>It took too long.</summary>
    Timeout = 3,

    /// <summary>The worker shuts down.</summary>
    WorkerShutdown = 4,

    /// <summary>A heartbeat could not be recorded.</summary>
    HeartbeatRecordFailure = 5,

    /// <summary>It was paused.</summary>
    Paused = 6,

    /// <summary>It was reset.</summary>
    Reset = 7,
}
