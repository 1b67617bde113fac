using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Rpc;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>A workflow task's completion: its commands become events, then what waited meanwhile.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>A worker may keep a task alive by heartbeats for so long.</summary>
    private static readonly TimeSpan MaximumHeartbeat = TimeSpan.FromMinutes(30);

    /// <summary>Takes a worker's commands.</summary>
    public CompletedTask CompleteTask(Transition step, RespondWorkflowTaskCompletedRequest request)
    {
        var (run, task) = RequireTask(request.TaskToken);
        if (CommandLimits.FirstOversize(request.Commands, SystemMethods.BlobSizeLimit) is { } reason)
        {
            TerminateRun(step, run, reason, null, "history-service");
            return CompletedTask.Nothing;
        }

        CommandLimits.CutDurations(request.Commands);
        if (Refuse(run, request) is var (cause, message))
        {
            // Further attempts of a broken workflow leave no events: it waits for its timeout.
            if (task.Attempt == 1 || cause == WorkflowTaskFailedCause.UnhandledCommand)
            {
                FailStartedTask(step, run, cause, null, request.Identity);
            }

            run.CloseAttempted |= cause == WorkflowTaskFailedCause.UnhandledCommand;
            step.Refusal = RpcException.InvalidArgument(message);
            return CompletedTask.Nothing;
        }

        if (CanDiscard(run, task, request))
        {
            SetSticky(run, request);
            var resetTo = DiscardTask(step, run, request);
            return new CompletedTask(NextTask(step, run, request), resetTo, []);
        }

        var heartbeatSince = request.ForceCreateNewWorkflowTask ? task.OriginalScheduledTime : (DateTimeOffset?)null;
        var completed = AppendCompleted(step, run, task, request);
        run.CloseAttempted = false;
        SetSticky(run, request);
        AnswerQueries(run, request.QueryResults);
        RejectUpdates(step, run, request.Messages);
        List<PollActivityTaskQueueResponse> eager = [];
        var needsTask = ApplyCommands(step, run, completed, request, eager);
        if (!run.IsOpen)
        {
            ReleaseQueries(run);
            return CompletedTask.Nothing;
        }

        if (!request.ForceCreateNewWorkflowTask)
        {
            RejectUnprocessed(step, run);
        }

        needsTask |= FlushBuffer(step, run);
        EnforceHistoryLimit(step, run);
        if (needsTask || request.ForceCreateNewWorkflowTask)
        {
            if (heartbeatSince is { } since && step.Now - since > MaximumHeartbeat)
            {
                heartbeatSince = null;
            }

            ScheduleWorkflowTask(step, run, heartbeatSince);
        }
        else if (run.HasAdmittedUpdates)
        {
            ScheduleForUpdates(step, run);
        }

        ReleaseQueries(run);
        return new CompletedTask(NextTask(step, run, request), 0, eager);
    }

    private static void SetSticky(WorkflowRun run, RespondWorkflowTaskCompletedRequest request)
    {
        run.StickyQueue = request.StickyAttributes?.WorkerTaskQueue?.Name is { Length: > 0 } sticky ? sticky : null;
        run.StickyScheduleToStart = request.StickyAttributes?.ScheduleToStartTimeout is { } asked ? DurationLimit.Read(asked) : TimeSpan.FromSeconds(5);
    }

    private WorkflowTaskReply? NextTask(Transition step, WorkflowRun run, RespondWorkflowTaskCompletedRequest request) =>
        request.ReturnNewWorkflowTask && run.Task is { IsStarted: false } ? StartWorkflowTask(step, run, request.Identity) : null;

    private (WorkflowTaskFailedCause Cause, string Message)? Refuse(WorkflowRun run, RespondWorkflowTaskCompletedRequest request)
    {
        if (CommandCheck.FirstFault(run, request.Commands) is { } fault)
        {
            return fault;
        }

        try
        {
            foreach (var command in request.Commands)
            {
                visibility.Validate(
                    run.Namespace,
                    command.UpsertWorkflowSearchAttributesCommandAttributes?.SearchAttributes
                        ?? command.ContinueAsNewWorkflowExecutionCommandAttributes?.SearchAttributes
                        ?? command.StartChildWorkflowExecutionCommandAttributes?.SearchAttributes);
            }
        }
        catch (RpcException refusal)
        {
            return (WorkflowTaskFailedCause.BadSearchAttributes, refusal.Message);
        }

        return run.Buffered.Count > 0 && request.Commands.Any(CommandCheck.Closes)
            ? (WorkflowTaskFailedCause.UnhandledCommand, "UnhandledCommand")
            : null;
    }

    private static long AppendCompleted(Transition step, WorkflowRun run, WorkflowTaskState task, RespondWorkflowTaskCompletedRequest request)
    {
        if (task.Kind != WorkflowTaskKind.Normal)
        {
            UnwrittenEvents(run, task).ForEach(e => run.Append(step, e));
        }

        return run.Append(step, new HistoryEvent
        {
            EventType = EventType.WorkflowTaskCompleted,
            WorkflowTaskCompletedEventAttributes = new WorkflowTaskCompletedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Identity = request.Identity,
                SdkMetadata = request.SdkMetadata,
                MeteringMetadata = request.MeteringMetadata,
            },
        }).EventId;
    }

    /// <summary>Applies the commands in order; answers whether the workflow has something new to see at once.</summary>
    private bool ApplyCommands(
        Transition step, WorkflowRun run, long completed, RespondWorkflowTaskCompletedRequest request, List<PollActivityTaskQueueResponse> eager)
    {
        var messages = request.Messages.ToDictionary(message => message.Id);
        var needsTask = false;
        foreach (var command in request.Commands)
        {
            switch (command.AttributesCase)
            {
                case Command.AttributesOneofCase.ScheduleActivityTaskCommandAttributes:
                    if (ScheduleActivity(step, run, completed, command, request.Identity) is { } attempt)
                    {
                        eager.Add(attempt);
                    }

                    break;
                case Command.AttributesOneofCase.RequestCancelActivityTaskCommandAttributes:
                    needsTask |= CancelActivity(step, run, completed, command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId);
                    break;
                case Command.AttributesOneofCase.StartTimerCommandAttributes:
                    StartTimer(step, run, completed, command);
                    break;
                case Command.AttributesOneofCase.CancelTimerCommandAttributes:
                    CancelTimer(step, run, completed, command.CancelTimerCommandAttributes.TimerId, request.Identity);
                    break;
                case Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes:
                    StartChild(step, run, completed, command);
                    break;
                case Command.AttributesOneofCase.SignalExternalWorkflowExecutionCommandAttributes:
                    SignalExternal(step, run, completed, command.SignalExternalWorkflowExecutionCommandAttributes);
                    break;
                case Command.AttributesOneofCase.RequestCancelExternalWorkflowExecutionCommandAttributes:
                    CancelExternal(step, run, completed, command.RequestCancelExternalWorkflowExecutionCommandAttributes);
                    break;
                case Command.AttributesOneofCase.RecordMarkerCommandAttributes:
                    RecordMarker(step, run, completed, command);
                    break;
                case Command.AttributesOneofCase.UpsertWorkflowSearchAttributesCommandAttributes:
                    run.Append(step, new HistoryEvent
                    {
                        EventType = EventType.UpsertWorkflowSearchAttributes,
                        UpsertWorkflowSearchAttributesEventAttributes = new UpsertWorkflowSearchAttributesEventAttributes
                        {
                            WorkflowTaskCompletedEventId = completed,
                            SearchAttributes = command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
                        },
                    });
                    break;
                case Command.AttributesOneofCase.ModifyWorkflowPropertiesCommandAttributes:
                    run.Append(step, new HistoryEvent
                    {
                        EventType = EventType.WorkflowPropertiesModified,
                        WorkflowPropertiesModifiedEventAttributes = new WorkflowPropertiesModifiedEventAttributes
                        {
                            WorkflowTaskCompletedEventId = completed,
                            UpsertedMemo = command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo,
                        },
                    });
                    break;
                case Command.AttributesOneofCase.ProtocolMessageCommandAttributes:
                    ApplyMessage(step, run, messages.GetValueOrDefault(command.ProtocolMessageCommandAttributes.MessageId));
                    break;
                default:
                    ApplyClose(step, run, completed, command);
                    return false;
            }
        }

        return needsTask;
    }

    private static void RecordMarker(Transition step, WorkflowRun run, long completed, Command command)
    {
        var marker = command.RecordMarkerCommandAttributes;
        run.Append(step, new HistoryEvent
        {
            EventType = EventType.MarkerRecorded,
            UserMetadata = command.UserMetadata,
            MarkerRecordedEventAttributes = new MarkerRecordedEventAttributes
            {
                MarkerName = marker.MarkerName,
                Details = { marker.Details },
                Header = marker.Header,
                Failure = marker.Failure,
                WorkflowTaskCompletedEventId = completed,
            },
        });
    }

    private void StartTimer(Transition step, WorkflowRun run, long completed, Command command)
    {
        var start = command.StartTimerCommandAttributes;
        var started = run.Append(step, new HistoryEvent
        {
            EventType = EventType.TimerStarted,
            UserMetadata = command.UserMetadata,
            TimerStartedEventAttributes = new TimerStartedEventAttributes
            {
                TimerId = start.TimerId,
                StartToFireTimeout = start.StartToFireTimeout,
                WorkflowTaskCompletedEventId = completed,
            },
        });
        ArmTimer(run, run.Timers[start.TimerId], started.EventId);
    }

    private void ArmTimer(WorkflowRun run, TimerState timer, long startedEventId) => shard.Timers.Add(
        timer.Due,
        () => run.IsOpen && run.Timers.TryGetValue(timer.Id, out var pending) && pending.StartedEventId == startedEventId && !IsFiring(run, timer.Id),
        () => shard.Apply(step => AddExternal(step, run, new HistoryEvent
        {
            EventType = EventType.TimerFired,
            TimerFiredEventAttributes = new TimerFiredEventAttributes { TimerId = timer.Id, StartedEventId = startedEventId },
        })));

    private static bool IsFiring(WorkflowRun run, string timerId) =>
        run.Buffered.Exists(e => e.EventType == EventType.TimerFired && e.TimerFiredEventAttributes.TimerId == timerId);

    private static void CancelTimer(Transition step, WorkflowRun run, long completed, string timerId, string identity)
    {
        run.Buffered.RemoveAll(e => e.EventType == EventType.TimerFired && e.TimerFiredEventAttributes.TimerId == timerId);
        run.Append(step, new HistoryEvent
        {
            EventType = EventType.TimerCanceled,
            TimerCanceledEventAttributes = new TimerCanceledEventAttributes
            {
                TimerId = timerId,
                StartedEventId = run.Timers[timerId].StartedEventId,
                WorkflowTaskCompletedEventId = completed,
                Identity = identity,
            },
        });
    }
}
