using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>
/// The state of one run: the fold of its events, and beside them what events do not carry (attempts, heartbeats, the sticky queue,
/// buffered events, request ids). Belongs to the shard's loop.
/// </summary>
internal sealed partial class WorkflowRun(long key, string namespaceName, string workflowId, string runId) : ITransitionPart
{
    private static readonly TimeSpan DefaultTaskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaximumTaskTimeout = TimeSpan.FromSeconds(120);

    private bool discarded;

    public long Key { get; } = key;

    public string Namespace { get; } = namespaceName;

    public string WorkflowId { get; } = workflowId;

    public string RunId { get; } = runId;

    public WorkflowExecutionStartedEventAttributes Start { get; private set; } = new();

    public Temporalio.Api.Sdk.V1.UserMetadata? UserMetadata { get; private set; }

    public DateTimeOffset StartTime { get; private set; }

    /// <summary>When the first task may be scheduled.</summary>
    public DateTimeOffset ExecutionTime => StartTime + (Start.FirstWorkflowTaskBackoff?.ToTimeSpan() ?? TimeSpan.Zero);

    public WorkflowExecutionStatus Status { get; private set; } = WorkflowExecutionStatus.Running;

    public bool IsOpen => Status == WorkflowExecutionStatus.Running && !discarded;

    public DateTimeOffset? CloseTime { get; private set; }

    /// <summary>Whether the run waits for its start delay or backoff before the first task.</summary>
    public bool InBackoff { get; set; }

    public WorkflowTaskState? Task { get; set; }

    /// <summary>The attempt that the next workflow task will be.</summary>
    public int NextTaskAttempt { get; set; } = 1;

    /// <summary>The started event of the last completed workflow task; zero before the first.</summary>
    public long PreviousStartedEventId { get; private set; }

    /// <summary>The queue on which the worker that has the run cached waits; null if there is none.</summary>
    public string? StickyQueue { get; set; }

    public TimeSpan StickyScheduleToStart { get; set; }

    /// <summary>Whether a command to close has been refused, because events had come that the workflow has not seen.</summary>
    public bool CloseAttempted { get; set; }

    public Dictionary<long, ActivityState> Activities { get; } = [];

    public Dictionary<string, TimerState> Timers { get; } = [];

    public Dictionary<long, ChildState> Children { get; } = [];

    public Dictionary<string, UpdateState> Updates { get; } = [];

    /// <summary>Whether an update waits for a workflow task to carry it.</summary>
    public bool HasAdmittedUpdates => Updates.Values.Any(update => update.Stage == UpdateStage.Admitted);

    public List<HistoryEvent> Buffered { get; } = [];

    public HashSet<string> SignalRequestIds { get; } = [];

    public int SignalCount { get; private set; }

    public bool CancelRequested { get; private set; }

    /// <summary>The request that started the run, and those attached to it since.</summary>
    public List<string> StartRequestIds { get; } = [];

    public Memo Memo { get; } = new();

    public SearchAttributes SearchAttributes { get; } = new();

    public long StateTransitions { get; private set; }

    /// <summary>Queries that wait for a workflow task, and those that one in work carries.</summary>
    public List<PendingQuery> Queries { get; } = [];

    public string TaskQueue => Start.TaskQueue.Name;

    public string TypeName => Start.WorkflowType.Name;

    public string FirstRunId => Start.FirstExecutionRunId;

    public TimeSpan TaskTimeout
    {
        get
        {
            var asked = Start.WorkflowTaskTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
            return asked <= TimeSpan.Zero ? DefaultTaskTimeout : asked > MaximumTaskTimeout ? MaximumTaskTimeout : asked;
        }
    }

    public DateTimeOffset? RunExpiration
    {
        get
        {
            var timeout = Start.WorkflowRunTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
            DateTimeOffset? run = timeout > TimeSpan.Zero ? ExecutionTime + timeout : null;
            var chain = ChainExpiration;
            return run is null || chain < run ? chain : run;
        }
    }

    /// <summary>When the whole chain of runs must have ended, or null.</summary>
    public DateTimeOffset? ChainExpiration => Start.WorkflowExecutionExpirationTime?.ToDateTimeOffset();

    public WorkflowExecution Execution => new() { WorkflowId = WorkflowId, RunId = RunId };

    public ActivityState? FindActivity(string id) => activityIds.TryGetValue(id, out var scheduled) ? Activities[scheduled] : null;
}
