using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Storage;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Appending to the history, and what a transition writes of the run.</content>
internal sealed partial class WorkflowRun
{
    private readonly List<HistoryEvent> fresh = [];
    private Transition? transition;
    private bool visibilityChanged;
    private List<Action>? historyWaiters;

    public long NextEventId { get; private set; } = 1;

    public long HistorySize { get; private set; }

    /// <summary>The newest batches, as they are stored; those before them are in the database.</summary>
    public HistoryTail Tail { get; } = new();

    /// <summary>Whether the workflow id stands for this run.</summary>
    public bool IsCurrent { get; set; } = true;

    /// <summary>Gives the event its id and time, and folds it.</summary>
    public HistoryEvent Append(Transition step, HistoryEvent e)
    {
        e.EventId = NextEventId;
        e.EventTime ??= Timestamp.FromDateTimeOffset(step.Now);
        e.TaskId = (Key << 20) + e.EventId;
        Fold(e);
        fresh.Add(e);
        Touch(step);
        visibilityChanged |= e.EventId == 1 || !IsOpen
            || e.AttributesCase is HistoryEvent.AttributesOneofCase.UpsertWorkflowSearchAttributesEventAttributes
                or HistoryEvent.AttributesOneofCase.WorkflowPropertiesModifiedEventAttributes;
        return e;
    }

    /// <summary>Makes sure that the transition writes this run's row.</summary>
    public void Touch(Transition step)
    {
        if (transition != step)
        {
            transition = step;
            step.Add(this);
        }
    }

    /// <summary>Calls back once the run has more durable events than now.</summary>
    /// <summary>How many callers wait for events.</summary>
    public int HistoryWaiters => historyWaiters?.Count ?? 0;

    public void WaitForEvents(Action notify) => (historyWaiters ??= []).Add(notify);

    public void StopWaiting(Action notify) => historyWaiters?.Remove(notify);

    void ITransitionPart.Complete(Transition step)
    {
        transition = null;
        StateTransitions++;
        if (fresh.Count > 0)
        {
            var history = new History();
            history.Events.AddRange(fresh);
            var blob = history.ToByteArray();
            var batch = new HistoryBatch(fresh[0].EventId, fresh.Count, blob);
            HistorySize += blob.Length;
            Tail.Add(batch);
            step.Writes.History.Add(new WriteSet.HistoryWrite(Key, batch.FirstEvent, batch.Count, blob));
            fresh.Clear();
            var last = NextEventId - 1;
            step.OnDurable(() => OnCommitted(last));
        }

        step.Writes.Runs.Add(new WriteSet.RunWrite(Key, Namespace, WorkflowId, RunId, (int)Status, IsCurrent && NextEventId > 1, WriteOverlay()));
        if (visibilityChanged)
        {
            visibilityChanged = false;
            step.Writes.Visibility.Add(ToVisibility());
        }
    }

    private void OnCommitted(long lastEventId)
    {
        Tail.CommittedEventId = lastEventId;
        NotifyHistoryWaiters();
    }

    private void NotifyHistoryWaiters()
    {
        if (historyWaiters is { } waiters)
        {
            historyWaiters = null;
            waiters.ForEach(notify => notify());
        }
    }

    private VisibilityRecord ToVisibility() => new()
    {
        RunKey = Key,
        Namespace = Namespace,
        WorkflowId = WorkflowId,
        RunId = RunId,
        WorkflowType = TypeName,
        TaskQueue = TaskQueue,
        Status = Status,
        StartTime = StartTime,
        ExecutionTime = ExecutionTime,
        CloseTime = CloseTime,
        HistoryLength = NextEventId - 1,
        HistorySizeBytes = HistorySize,
        StateTransitionCount = StateTransitions,
        Memo = Memo.Fields.Count == 0 ? null : new Memo(Memo),
        SearchAttributes = SearchAttributes.IndexedFields.Count == 0 ? null : new SearchAttributes(SearchAttributes),
        ParentWorkflowId = Start.ParentWorkflowExecution?.WorkflowId ?? string.Empty,
        ParentRunId = Start.ParentWorkflowExecution?.RunId ?? string.Empty,
        RootWorkflowId = Start.RootWorkflowExecution?.WorkflowId ?? WorkflowId,
        RootRunId = Start.RootWorkflowExecution?.RunId ?? RunId,
        FirstRunId = FirstRunId,
    };
}
