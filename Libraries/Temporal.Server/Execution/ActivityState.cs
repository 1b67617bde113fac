using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>A pending activity: its command, and the attempt in hand, of which the history says nothing before the end.</summary>
internal sealed class ActivityState(long scheduledEventId, DateTimeOffset scheduledTime, ActivityTaskScheduledEventAttributes command)
{
    public long ScheduledEventId { get; } = scheduledEventId;

    public DateTimeOffset ScheduledTime { get; } = scheduledTime;

    public ActivityTaskScheduledEventAttributes Command { get; } = command;

    public string Id => Command.ActivityId;

    public int Attempt { get; set; } = 1;

    /// <summary>When the attempt in hand was, or is to be, put on its queue.</summary>
    public DateTimeOffset AttemptScheduledTime { get; set; } = scheduledTime;

    /// <summary>When the attempt in hand started; null while it waits.</summary>
    public DateTimeOffset? StartedTime { get; set; }

    public string Identity { get; set; } = string.Empty;

    public Payloads? HeartbeatDetails { get; set; }

    public DateTimeOffset? LastHeartbeat { get; set; }

    public Failure? LastFailure { get; set; }

    public DateTimeOffset? LastAttemptCompleted { get; set; }

    public string LastIdentity { get; set; } = string.Empty;

    /// <summary>The event by which the workflow asked for cancellation; zero if it did not.</summary>
    public long CancelRequestedEventId { get; set; }

    /// <summary>The event of the start, written together with the end.</summary>
    public long StartedEventId { get; set; }

    /// <summary>Whether its end waits in the buffer, so that nothing more can happen to it.</summary>
    public bool IsResolved { get; set; }

    /// <summary>Whether the state differs from what the history says.</summary>
    public bool HasOverlay => StartedTime is not null || Attempt > 1 || HeartbeatDetails is not null || LastFailure is not null;

    public TimeSpan ScheduleToClose => Command.ScheduleToCloseTimeout?.ToTimeSpan() ?? TimeSpan.Zero;

    public TimeSpan ScheduleToStart => Command.ScheduleToStartTimeout?.ToTimeSpan() ?? TimeSpan.Zero;

    public TimeSpan StartToClose => Command.StartToCloseTimeout?.ToTimeSpan() ?? TimeSpan.Zero;

    public TimeSpan Heartbeat => Command.HeartbeatTimeout?.ToTimeSpan() ?? TimeSpan.Zero;

    /// <summary>When the whole activity must have ended, or null.</summary>
    public DateTimeOffset? Expiration => ScheduleToClose > TimeSpan.Zero ? ScheduledTime + ScheduleToClose : null;
}
