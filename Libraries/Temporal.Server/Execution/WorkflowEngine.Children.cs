using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>
/// Children and other workflows. All runs live in one shard, so what happens to the other workflow is part of the same transition: there
/// is nothing to deliver after a crash.
/// </content>
internal sealed partial class WorkflowEngine
{
    private void StartChild(Transition step, WorkflowRun run, long completed, Command command)
    {
        var start = command.StartChildWorkflowExecutionCommandAttributes;
        var initiated = run.Append(step, new HistoryEvent
        {
            EventType = EventType.StartChildWorkflowExecutionInitiated,
            UserMetadata = command.UserMetadata,
            StartChildWorkflowExecutionInitiatedEventAttributes = new StartChildWorkflowExecutionInitiatedEventAttributes
            {
                Namespace = run.Namespace,
                WorkflowId = start.WorkflowId,
                WorkflowType = start.WorkflowType,
                TaskQueue = NormalQueue(start.TaskQueue?.Name is { Length: > 0 } queue ? queue : run.TaskQueue),
                Input = start.Input,
                WorkflowExecutionTimeout = start.WorkflowExecutionTimeout ?? new Duration(),
                WorkflowRunTimeout = start.WorkflowRunTimeout ?? new Duration(),
                WorkflowTaskTimeout = IsSet(start.WorkflowTaskTimeout) ? start.WorkflowTaskTimeout : Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
                ParentClosePolicy = start.ParentClosePolicy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate : start.ParentClosePolicy,
                WorkflowTaskCompletedEventId = completed,
                WorkflowIdReusePolicy = start.WorkflowIdReusePolicy,
                RetryPolicy = start.RetryPolicy is null ? null : Retries.Normalize(start.RetryPolicy),
                Header = start.Header,
                Memo = start.Memo,
                SearchAttributes = start.SearchAttributes,
                Priority = start.Priority,
            },
        });
        step.AddEffect(() => StartInitiatedChild(step, run, initiated, command.UserMetadata));
    }

    private void StartInitiatedChild(Transition step, WorkflowRun parent, HistoryEvent initiated, Temporalio.Api.Sdk.V1.UserMetadata? metadata)
    {
        if (!parent.IsOpen)
        {
            return;
        }

        var start = initiated.StartChildWorkflowExecutionInitiatedEventAttributes;
        var existing = Runs.FindCurrent(parent.Namespace, start.WorkflowId);
        if (existing is { IsOpen: true } && start.WorkflowIdReusePolicy == TerminateIfRunning)
        {
            TerminateRun(step, existing, "TerminateIfRunning WorkflowIdReusePolicy", null, "history-service");
            if (!parent.IsOpen)
            {
                // The child's id was its parent's own.
                return;
            }
        }
        else if (existing is { IsOpen: true } || (existing is not null && IsReuseRefused(existing, start.WorkflowIdReusePolicy)))
        {
            AddExternal(step, parent, new HistoryEvent
            {
                EventType = EventType.StartChildWorkflowExecutionFailed,
                StartChildWorkflowExecutionFailedEventAttributes = new StartChildWorkflowExecutionFailedEventAttributes
                {
                    Namespace = parent.Namespace,
                    WorkflowId = start.WorkflowId,
                    WorkflowType = start.WorkflowType,
                    Cause = StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists,
                    InitiatedEventId = initiated.EventId,
                    WorkflowTaskCompletedEventId = start.WorkflowTaskCompletedEventId,
                },
            });
            return;
        }

        var runId = NewRunId();
        AddExternal(step, parent, new HistoryEvent
        {
            EventType = EventType.ChildWorkflowExecutionStarted,
            ChildWorkflowExecutionStartedEventAttributes = new ChildWorkflowExecutionStartedEventAttributes
            {
                Namespace = parent.Namespace,
                InitiatedEventId = initiated.EventId,
                WorkflowExecution = new WorkflowExecution { WorkflowId = start.WorkflowId, RunId = runId },
                WorkflowType = start.WorkflowType,
                Header = start.Header,
            },
        });
        StartRun(step, parent.Namespace, runId, ChildStart(parent, initiated, runId), metadata, string.Empty);
    }

    private static WorkflowExecutionStartedEventAttributes ChildStart(WorkflowRun parent, HistoryEvent initiated, string runId)
    {
        var start = initiated.StartChildWorkflowExecutionInitiatedEventAttributes;
        return new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = start.WorkflowType,
            TaskQueue = start.TaskQueue,
            Input = start.Input,
            WorkflowExecutionTimeout = start.WorkflowExecutionTimeout,
            WorkflowRunTimeout = start.WorkflowRunTimeout,
            WorkflowTaskTimeout = start.WorkflowTaskTimeout,
            OriginalExecutionRunId = runId,
            FirstExecutionRunId = runId,
            RetryPolicy = start.RetryPolicy,
            Attempt = 1,
            FirstWorkflowTaskBackoff = new Duration(),
            Memo = start.Memo,
            SearchAttributes = start.SearchAttributes,
            Header = start.Header,
            WorkflowId = start.WorkflowId,
            Priority = start.Priority,
            ParentWorkflowNamespace = parent.Namespace,
            ParentWorkflowExecution = parent.Execution,
            ParentInitiatedEventId = initiated.EventId,
            RootWorkflowExecution = parent.Start.RootWorkflowExecution ?? parent.Execution,
        };
    }

    private static bool IsReuseRefused(WorkflowRun closed, WorkflowIdReusePolicy policy)
    {
        try
        {
            RefuseReuse(closed, policy);
            return false;
        }
        catch (Wire.RpcException)
        {
            return true;
        }
    }

    /// <summary>Tells the run that started this chain how it ended.</summary>
    private void NotifyParent(Transition step, WorkflowRun child, HistoryEvent end)
    {
        if (child.Start.ParentWorkflowExecution is not { } parentExecution
            || Runs.Find(child.Namespace, parentExecution.WorkflowId, parentExecution.RunId) is not { IsOpen: true } parent
            || !parent.Children.TryGetValue(child.Start.ParentInitiatedEventId, out var state))
        {
            return;
        }

        AddExternal(step, parent, ChildEnd(child, state, end));
    }

    private static HistoryEvent ChildEnd(WorkflowRun child, ChildState state, HistoryEvent end) => end.EventType switch
    {
        EventType.WorkflowExecutionCompleted => new HistoryEvent
        {
            EventType = EventType.ChildWorkflowExecutionCompleted,
            ChildWorkflowExecutionCompletedEventAttributes = new ChildWorkflowExecutionCompletedEventAttributes
            {
                Result = end.WorkflowExecutionCompletedEventAttributes.Result,
                Namespace = child.Namespace,
                WorkflowExecution = child.Execution,
                WorkflowType = child.Start.WorkflowType,
                InitiatedEventId = state.InitiatedEventId,
                StartedEventId = state.StartedEventId,
            },
        },
        EventType.WorkflowExecutionFailed => new HistoryEvent
        {
            EventType = EventType.ChildWorkflowExecutionFailed,
            ChildWorkflowExecutionFailedEventAttributes = new ChildWorkflowExecutionFailedEventAttributes
            {
                Failure = end.WorkflowExecutionFailedEventAttributes.Failure,
                RetryState = end.WorkflowExecutionFailedEventAttributes.RetryState,
                Namespace = child.Namespace,
                WorkflowExecution = child.Execution,
                WorkflowType = child.Start.WorkflowType,
                InitiatedEventId = state.InitiatedEventId,
                StartedEventId = state.StartedEventId,
            },
        },
        EventType.WorkflowExecutionCanceled => new HistoryEvent
        {
            EventType = EventType.ChildWorkflowExecutionCanceled,
            ChildWorkflowExecutionCanceledEventAttributes = new ChildWorkflowExecutionCanceledEventAttributes
            {
                Details = end.WorkflowExecutionCanceledEventAttributes.Details,
                Namespace = child.Namespace,
                WorkflowExecution = child.Execution,
                WorkflowType = child.Start.WorkflowType,
                InitiatedEventId = state.InitiatedEventId,
                StartedEventId = state.StartedEventId,
            },
        },
        EventType.WorkflowExecutionTimedOut => new HistoryEvent
        {
            EventType = EventType.ChildWorkflowExecutionTimedOut,
            ChildWorkflowExecutionTimedOutEventAttributes = new ChildWorkflowExecutionTimedOutEventAttributes
            {
                RetryState = end.WorkflowExecutionTimedOutEventAttributes.RetryState,
                Namespace = child.Namespace,
                WorkflowExecution = child.Execution,
                WorkflowType = child.Start.WorkflowType,
                InitiatedEventId = state.InitiatedEventId,
                StartedEventId = state.StartedEventId,
            },
        },
        _ => new HistoryEvent
        {
            EventType = EventType.ChildWorkflowExecutionTerminated,
            ChildWorkflowExecutionTerminatedEventAttributes = new ChildWorkflowExecutionTerminatedEventAttributes
            {
                Namespace = child.Namespace,
                WorkflowExecution = child.Execution,
                WorkflowType = child.Start.WorkflowType,
                InitiatedEventId = state.InitiatedEventId,
                StartedEventId = state.StartedEventId,
            },
        },
    };

    /// <summary>Does to a child's chain what the policy says about the end of its parent's run.</summary>
    private void ApplyParentClosePolicy(Transition step, WorkflowRun parent, ChildState state)
    {
        var child = Runs.FindCurrent(parent.Namespace, state.Command.WorkflowId);
        if (child is not { IsOpen: true } || child.FirstRunId != state.RunId || child.Start.ParentWorkflowExecution?.RunId != parent.RunId)
        {
            return;
        }

        switch (state.Command.ParentClosePolicy)
        {
            case ParentClosePolicy.Terminate:
                TerminateRun(step, child, "by parent close policy", null, "history-service");
                break;
            case ParentClosePolicy.RequestCancel:
                RequestCancel(step, child, "by parent close policy", "history-service", parent.Execution, 0);
                break;
        }
    }

    private void SignalExternal(Transition step, WorkflowRun run, long completed, SignalExternalWorkflowExecutionCommandAttributes command)
    {
        var initiated = run.Append(step, new HistoryEvent
        {
            EventType = EventType.SignalExternalWorkflowExecutionInitiated,
            SignalExternalWorkflowExecutionInitiatedEventAttributes = new SignalExternalWorkflowExecutionInitiatedEventAttributes
            {
                WorkflowTaskCompletedEventId = completed,
                Namespace = run.Namespace,
                WorkflowExecution = command.Execution,
                SignalName = command.SignalName,
                Input = command.Input,
                ChildWorkflowOnly = command.ChildWorkflowOnly,
                Header = command.Header,
            },
        });
        step.AddEffect(() =>
        {
            var target = Runs.Find(run.Namespace, command.Execution.WorkflowId, command.Execution.RunId);
            if (!run.IsOpen)
            {
                return;
            }

            var missing = target is not { IsOpen: true } || (command.ChildWorkflowOnly && target.Start.ParentWorkflowExecution?.RunId != run.RunId);
            if (missing || target!.SignalCount >= MaximumSignals)
            {
                AddExternal(step, run, new HistoryEvent
                {
                    EventType = EventType.SignalExternalWorkflowExecutionFailed,
                    SignalExternalWorkflowExecutionFailedEventAttributes = new SignalExternalWorkflowExecutionFailedEventAttributes
                    {
                        Cause = missing
                            ? SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound
                            : SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded,
                        WorkflowTaskCompletedEventId = completed,
                        Namespace = run.Namespace,
                        WorkflowExecution = command.Execution,
                        InitiatedEventId = initiated.EventId,
                    },
                });
                return;
            }

            AppendSignal(step, target, command.SignalName, command.Input, command.Header, string.Empty, string.Empty, run.Execution);
            AddExternal(step, run, new HistoryEvent
            {
                EventType = EventType.ExternalWorkflowExecutionSignaled,
                ExternalWorkflowExecutionSignaledEventAttributes = new ExternalWorkflowExecutionSignaledEventAttributes
                {
                    InitiatedEventId = initiated.EventId,
                    Namespace = run.Namespace,
                    WorkflowExecution = command.Execution,
                },
            });
        });
    }

    private void CancelExternal(Transition step, WorkflowRun run, long completed, RequestCancelExternalWorkflowExecutionCommandAttributes command)
    {
        var execution = new WorkflowExecution { WorkflowId = command.WorkflowId, RunId = command.RunId };
        var initiated = run.Append(step, new HistoryEvent
        {
            EventType = EventType.RequestCancelExternalWorkflowExecutionInitiated,
            RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new RequestCancelExternalWorkflowExecutionInitiatedEventAttributes
            {
                WorkflowTaskCompletedEventId = completed,
                Namespace = run.Namespace,
                WorkflowExecution = execution,
                ChildWorkflowOnly = command.ChildWorkflowOnly,
                Reason = command.Reason,
            },
        });
        step.AddEffect(() =>
        {
            if (!run.IsOpen)
            {
                return;
            }

            var target = Runs.Find(run.Namespace, command.WorkflowId, command.RunId);
            if (target is not { IsOpen: true } || (command.ChildWorkflowOnly && target.Start.ParentWorkflowExecution?.RunId != run.RunId))
            {
                AddExternal(step, run, new HistoryEvent
                {
                    EventType = EventType.RequestCancelExternalWorkflowExecutionFailed,
                    RequestCancelExternalWorkflowExecutionFailedEventAttributes = new RequestCancelExternalWorkflowExecutionFailedEventAttributes
                    {
                        Cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                        WorkflowTaskCompletedEventId = completed,
                        Namespace = run.Namespace,
                        WorkflowExecution = execution,
                        InitiatedEventId = initiated.EventId,
                    },
                });
                return;
            }

            RequestCancel(step, target, command.Reason, string.Empty, run.Execution, initiated.EventId);
            AddExternal(step, run, new HistoryEvent
            {
                EventType = EventType.ExternalWorkflowExecutionCancelRequested,
                ExternalWorkflowExecutionCancelRequestedEventAttributes = new ExternalWorkflowExecutionCancelRequestedEventAttributes
                {
                    InitiatedEventId = initiated.EventId,
                    Namespace = run.Namespace,
                    WorkflowExecution = execution,
                },
            });
        });
    }
}
