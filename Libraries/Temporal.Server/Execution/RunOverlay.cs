using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>The state of a run that its events do not carry, as stored.</summary>
internal sealed class RunOverlay
{
    public WorkflowTaskState? Task { get; set; }

    public int NextTaskAttempt { get; set; } = 1;

    public string? StickyQueue { get; set; }

    public TimeSpan StickyScheduleToStart { get; set; }

    public bool InBackoff { get; set; }

    public long StateTransitions { get; set; }

    public List<string> StartRequestIds { get; set; } = [];

    /// <summary>Buffered events, as a serialised <c>History</c>.</summary>
    public byte[]? Buffered { get; set; }

    public List<ActivityOverlay> Activities { get; set; } = [];

    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, RunOverlayJson.Default.RunOverlay);

    public static RunOverlay Parse(byte[] bytes) => JsonSerializer.Deserialize(bytes, RunOverlayJson.Default.RunOverlay)!;

    /// <summary>The attempt of an activity.</summary>
    internal sealed class ActivityOverlay
    {
        public long ScheduledEventId { get; set; }

        public int Attempt { get; set; }

        public DateTimeOffset AttemptScheduledTime { get; set; }

        public DateTimeOffset? StartedTime { get; set; }

        public string Identity { get; set; } = string.Empty;

        public byte[]? HeartbeatDetails { get; set; }

        public DateTimeOffset? LastHeartbeat { get; set; }

        public byte[]? LastFailure { get; set; }

        public DateTimeOffset? LastAttemptCompleted { get; set; }

        public string LastIdentity { get; set; } = string.Empty;

        public static ActivityOverlay Of(ActivityState activity) => new()
        {
            ScheduledEventId = activity.ScheduledEventId,
            Attempt = activity.Attempt,
            AttemptScheduledTime = activity.AttemptScheduledTime,
            StartedTime = activity.StartedTime,
            Identity = activity.Identity,
            HeartbeatDetails = activity.HeartbeatDetails?.ToByteArray(),
            LastHeartbeat = activity.LastHeartbeat,
            LastFailure = activity.LastFailure?.ToByteArray(),
            LastAttemptCompleted = activity.LastAttemptCompleted,
            LastIdentity = activity.LastIdentity,
        };

        public void Apply(ActivityState activity)
        {
            activity.Attempt = Attempt;
            activity.AttemptScheduledTime = AttemptScheduledTime;
            activity.StartedTime = StartedTime;
            activity.Identity = Identity;
            activity.HeartbeatDetails = HeartbeatDetails is null ? null : Payloads.Parser.ParseFrom(HeartbeatDetails);
            activity.LastHeartbeat = LastHeartbeat;
            activity.LastFailure = LastFailure is null ? null : Failure.Parser.ParseFrom(LastFailure);
            activity.LastAttemptCompleted = LastAttemptCompleted;
            activity.LastIdentity = LastIdentity;
        }
    }
}

/// <summary>Generated readers and writers, so that a transition costs no reflection.</summary>
[JsonSerializable(typeof(RunOverlay))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class RunOverlayJson : JsonSerializerContext;
