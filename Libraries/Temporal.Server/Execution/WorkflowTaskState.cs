using System.Text.Json.Serialization;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>How much of a workflow task stands in the history.</summary>
internal enum WorkflowTaskKind
{
    /// <summary>Its scheduling, start and end are events.</summary>
    Normal,

    /// <summary>A further attempt after a failure: its events are written only if it succeeds.</summary>
    Transient,

    /// <summary>A task only for the sake of updates: its events are written only if they are accepted.</summary>
    Speculative,
}

/// <summary>The one outstanding workflow task of a run.</summary>
internal sealed class WorkflowTaskState
{
    public WorkflowTaskKind Kind { get; set; }

    /// <summary>The id of the event that scheduled it; where that is not written, the id that it would have.</summary>
    public long ScheduledEventId { get; set; }

    /// <summary>The id of the event that started it, written or not; zero before the start.</summary>
    public long StartedEventId { get; set; }

    public int Attempt { get; set; } = 1;

    public DateTimeOffset ScheduledTime { get; set; }

    /// <summary>When the chain of tasks that keep each other alive by heartbeat began.</summary>
    public DateTimeOffset OriginalScheduledTime { get; set; }

    public DateTimeOffset StartedTime { get; set; }

    public TimeSpan StartToClose { get; set; }

    public string Identity { get; set; } = string.Empty;

    public string RequestId { get; set; } = string.Empty;

    /// <summary>The queue on which it waits; a sticky one is not the run's own.</summary>
    public string Queue { get; set; } = string.Empty;

    public bool OnSticky { get; set; }

    /// <summary>The size of the history at the start, and whether to suggest a new run.</summary>
    public long HistorySizeAtStart { get; set; }

    public bool SuggestContinueAsNew { get; set; }

    [JsonIgnore]
    public bool IsStarted => StartedEventId != 0;
}
