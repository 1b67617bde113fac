using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowRuntime.Machines;
using SuggestReason = Temporalio.Workflows.SuggestContinueAsNewReason;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>Reading history.</content>
internal sealed partial class WorkflowMachines
{
    private readonly List<Message> inbox = [];
    private readonly Dictionary<string, Message> admitted = [];
    private long lastAppliedEventId;
    private long previousStartedEventId;
    private long historySizeBytes;
    private DateTime currentTime;
    private bool continueAsNewSuggested;
    private bool sawFinalEvent;
    private IReadOnlyCollection<SuggestReason> suggestedReasons = [];

    /// <summary>The start of the run; null until the first event was applied.</summary>
    public HistoryEvent? Started { get; private set; }

    /// <summary>Time of the first workflow task that was applied.</summary>
    public DateTime FirstTaskTime { get; private set; }

    /// <summary>The last event that was applied.</summary>
    public long LastAppliedEventId => lastAppliedEventId;

    /// <summary>Whether the events applied last were seen by the workflow before.</summary>
    public bool IsReplaying { get; private set; } = true;

    /// <summary>Begins a workflow task.</summary>
    /// <param name="previousStarted">Start of the last completed task, before which everything is replay.</param>
    /// <param name="messages">Messages that came with the task.</param>
    public void BeginTask(long previousStarted, IEnumerable<Message> messages)
    {
        previousStartedEventId = previousStarted;
        inbox.AddRange(messages);
        IsReplaying = true;
    }

    /// <summary>Forgets a task that the server took out of the history because nothing came of it: its two events,
    /// scheduled and started, will come again with other content under the same numbers.</summary>
    public void ForgetSpeculativeTask() => lastAppliedEventId -= 2;

    /// <summary>Applies what one workflow task saw and queues the jobs for it.</summary>
    /// <param name="sequence">The events.</param>
    /// <param name="next">The events after them, as far as the next task saw them.</param>
    public void Apply(HistorySequence sequence, IReadOnlyList<HistoryEvent> next)
    {
        if (sawFinalEvent)
        {
            IsReplaying = false;
            return;
        }

        ObserveFlags(sequence.Events, next);
        for (var i = 0; i < sequence.Events.Count; i++)
        {
            var current = sequence.Events[i];
            if (current.EventId != lastAppliedEventId + 1)
            {
                throw new InvalidOperationException(
                    $"History is out of order: event {current.EventId} follows event {lastAppliedEventId}");
            }

            EndReplayAt(current, sequence.IsLast);
            DeliverMessages(beforeEventId: current.EventId);
            if (current.WorkflowExecutionUpdateAdmittedEventAttributes is { } admission)
            {
                ApplyAdmission(current, admission);
            }

            var following = i + 1 < sequence.Events.Count ? sequence.Events[i + 1] : null;
            var skipsNext = ApplyEvent(current, following, i == sequence.Events.Count - 1);
            lastAppliedEventId = current.EventId;
            if (skipsNext)
            {
                lastAppliedEventId = sequence.Events[++i].EventId;
            }
        }

        if (sequence.IsLast)
        {
            DeliverMessages(beforeEventId: long.MaxValue);
        }

        LookAhead(next);
    }

    private void ObserveFlags(IReadOnlyList<HistoryEvent> events, IReadOnlyList<HistoryEvent> next)
    {
        // The task's own completion is the first event of the next sequence.
        var completions = events.Concat(next.Take(1)).Select(e => e.WorkflowTaskCompletedEventAttributes);
        foreach (var completion in completions.OfType<WorkflowTaskCompletedEventAttributes>())
        {
            Flags.Observe(completion.SdkMetadata);
        }
    }

    private void EndReplayAt(HistoryEvent current, bool isLast)
    {
        if (isLast && current.EventId > previousStartedEventId
            && current.EventType != EventType.WorkflowTaskCompleted && !WorkflowEvents.IsCommandEvent(current))
        {
            IsReplaying = false;
        }
    }

    private void DeliverMessages(long beforeEventId)
    {
        foreach (var message in inbox.FindAll(m => m.EventId < beforeEventId))
        {
            inbox.Remove(message);
            ReceiveUpdate(message.Id, message.ProtocolInstanceId, message.EventId, message.Body.Unpack<Request>());
        }
    }

    private void ApplyAdmission(HistoryEvent current, WorkflowExecutionUpdateAdmittedEventAttributes admission)
    {
        var updateId = admission.Request.Meta.UpdateId;
        var message = new Message
        {
            Id = $"{updateId}/request",
            ProtocolInstanceId = updateId,
            EventId = current.EventId - 1,
            Body = Google.Protobuf.WellKnownTypes.Any.Pack(admission.Request),
        };
        if (IsReplaying)
        {
            // Whether the update was accepted shows in the next sequence.
            admitted[updateId] = message;
        }
        else
        {
            inbox.Add(message);
        }
    }

    private void ReceiveUpdate(string messageId, string protocolInstanceId, long sequencingEventId, Request request) =>
        AddJob(new UpdateJob(
            new(this, protocolInstanceId, messageId, sequencingEventId, request), RunValidator: !IsReplaying));

    /// <summary>Applies one event.</summary>
    /// <returns>Whether the next event belongs to it and is to be skipped.</returns>
    private bool ApplyEvent(HistoryEvent current, HistoryEvent? following, bool isEndOfSequence)
    {
        sawFinalEvent |= WorkflowEvents.IsFinal(current);
        if (current.EventType == EventType.WorkflowTaskStarted && isEndOfSequence)
        {
            ApplyTaskStarted(current);
            return false;
        }

        if (WorkflowEvents.IsCommandEvent(current))
        {
            return ApplyCommandEvent(current, following);
        }

        if (WorkflowEvents.OriginatingEventId(current) is { } origin)
        {
            var machine = machinesByEventId.GetValueOrDefault(origin)
                ?? throw new WorkflowNondeterminismException(
                    $"No command of the workflow fits event {current.EventId} {current.EventType}");
            machine.Apply(current, ChecksIdentity);
            if (machine.IsFinal)
            {
                machinesByEventId.Remove(origin);
            }

            return false;
        }

        ApplyWorkflowEvent(current);
        return false;
    }

    private bool ChecksIdentity => Flags.IsInUse(CoreFlag.IdAndTypeChecks, IsReplaying);

    private void ApplyTaskStarted(HistoryEvent current)
    {
        var attributes = current.WorkflowTaskStartedEventAttributes;
        historySizeBytes = attributes.HistorySizeBytes;
        continueAsNewSuggested = attributes.SuggestContinueAsNew;
        suggestedReasons = [.. attributes.SuggestContinueAsNewReasons.Select(reason => (SuggestReason)reason)];
        AdvanceTime(current);
        if (FirstTaskTime == default)
        {
            FirstTaskTime = currentTime;
        }
    }

    private void AdvanceTime(HistoryEvent current)
    {
        var time = current.EventTime.ToDateTime();
        currentTime = time > currentTime ? time : currentTime;
    }

    private void ApplyWorkflowEvent(HistoryEvent current)
    {
        switch (current.EventType)
        {
            case EventType.WorkflowExecutionStarted:
                Started = current;
                AdvanceTime(current);
                break;
            case EventType.WorkflowExecutionSignaled:
                AddJob(new SignalJob(current.WorkflowExecutionSignaledEventAttributes));
                break;
            case EventType.WorkflowExecutionCancelRequested:
                AddJob(new CancelJob());
                break;
            case EventType.WorkflowTaskFailed:
                if (current.WorkflowTaskFailedEventAttributes is { Cause: WorkflowTaskFailedCause.ResetWorkflow } reset)
                {
                    AddJob(new RandomSeedJob(reset.NewRunId));
                }

                break;
            default:
                if (!WorkflowEvents.IsIrrelevant(current))
                {
                    throw new InvalidOperationException(
                        $"Event {current.EventId} has the unknown type {current.EventType}");
                }

                break;
        }
    }

    private bool ApplyCommandEvent(HistoryEvent current, HistoryEvent? following)
    {
        var marker = PatchMarker.Read(current);
        while (true)
        {
            var patch = commands.Count > 0 ? commands[0].Machine as PatchMachine : null;
            if (marker is { Deprecated: true } && patch?.PatchId != marker.Id)
            {
                // A deprecated patch needs no call any more, so its marker may lack a command.
                return PatchMarker.IsUpsert(following);
            }

            if (marker == null && patch != null)
            {
                // A call that deprecates a patch of which this history knows nothing.
                commands.RemoveAt(0);
                continue;
            }

            break;
        }

        if (commands.Count == 0)
        {
            throw new WorkflowNondeterminismException(
                $"The workflow issued no command for event {current.EventId} {current.EventType}");
        }

        var machine = commands[0].Machine;
        commands.RemoveAt(0);
        machine.Apply(current, ChecksIdentity);
        if (!machine.IsFinal)
        {
            machinesByEventId[current.EventId] = machine;
        }

        return false;
    }

    /// <summary>Learns from the events after the sequence what the workflow had to know already: the markers of patches
    /// and the updates that it accepted.</summary>
    private void LookAhead(IReadOnlyList<HistoryEvent> next)
    {
        foreach (var current in next)
        {
            if (PatchMarker.Read(current) is { } marker)
            {
                patches.TryAdd(marker.Id, false);
                AddJob(new PatchNoticeJob(marker.Id));
            }
            else if (current.WorkflowExecutionUpdateAcceptedEventAttributes is { } accepted)
            {
                var request = admitted.Remove(accepted.ProtocolInstanceId, out var message)
                    ? message.Body.Unpack<Request>()
                    : accepted.AcceptedRequest;
                ReceiveUpdate(
                    accepted.AcceptedRequestMessageId,
                    accepted.ProtocolInstanceId,
                    accepted.AcceptedRequestSequencingEventId,
                    request);
            }
        }
    }
}
