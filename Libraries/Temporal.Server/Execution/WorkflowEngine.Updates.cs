using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Updates: requests that a workflow answers, kept by their id.</content>
internal sealed partial class WorkflowEngine
{
    private const int MaximumUpdatesInFlight = 10;
    private const int MaximumUpdates = 2000;

    /// <summary>Admits an update, or finds the one of the same id.</summary>
    public (WorkflowRun Run, UpdateState Update) Update(Transition step, UpdateWorkflowExecutionRequest request)
    {
        var run = Runs.Require(request.Namespace, request.WorkflowExecution.WorkflowId, request.WorkflowExecution.RunId);
        if (request.FirstExecutionRunId.Length > 0 && run.FirstRunId != request.FirstExecutionRunId)
        {
            throw RpcException.NotFound("workflow execution not found");
        }

        if (run.Updates.TryGetValue(request.Request.Meta.UpdateId, out var known))
        {
            return (run, known);
        }

        if (!run.IsOpen)
        {
            throw RpcException.NotFound("workflow execution already completed");
        }

        RefuseIfClosing(run);
        if (run.Updates.Count >= MaximumUpdates)
        {
            throw RpcException.ResourceExhausted("limit on number of total updates has been reached", ResourceExhaustedCause.Unspecified);
        }

        if (run.Task is { Attempt: >= FailingAttempts })
        {
            throw RpcException.WorkflowNotReady("Unable to perform workflow execution update due to Workflow Task in failed state.");
        }

        if (run.Updates.Values.Count(update => update.Stage != UpdateStage.Completed) >= MaximumUpdatesInFlight)
        {
            throw RpcException.ResourceExhausted("limit on number of concurrent in-flight updates has been reached", ResourceExhaustedCause.ConcurrentLimit);
        }

        var update = new UpdateState(request.Request);
        run.Updates.Add(update.Id, update);
        ScheduleForUpdates(step, run);
        return (run, update);
    }

    /// <summary>Finds an update that was admitted before.</summary>
    /// <exception cref="RpcException">There is none (NOT_FOUND).</exception>
    public (WorkflowRun Run, UpdateState Update) RequireUpdate(string namespaceName, UpdateRef reference)
    {
        var run = Runs.Require(namespaceName, reference.WorkflowExecution.WorkflowId, reference.WorkflowExecution.RunId);
        return run.Updates.TryGetValue(reference.UpdateId, out var update)
            ? (run, update)
            : throw RpcException.NotFound($"update \"{reference.UpdateId}\" not found");
    }

    private static void AttachUpdates(WorkflowRun run, PollWorkflowTaskQueueResponse message)
    {
        foreach (var update in run.Updates.Values.Where(update => update.Stage == UpdateStage.Admitted))
        {
            update.Stage = UpdateStage.Sent;
            message.Messages.Add(new Message
            {
                Id = $"{update.Id}/request",
                ProtocolInstanceId = update.Id,
                EventId = message.StartedEventId - 1,
                Body = Any.Pack(update.Request),
            });
        }
    }

    private static void RejectUpdates(Transition step, WorkflowRun run, IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Body.TryUnpack(out Rejection rejection) && run.Updates.Remove(message.ProtocolInstanceId, out var update))
            {
                update.Stage = UpdateStage.Completed;
                update.Outcome = new Outcome { Failure = rejection.Failure };
                Notify(step, update);
            }
        }
    }

    /// <summary>An update that a worker has been sent but said nothing of is rejected: the worker does not know updates.</summary>
    private static void RejectUnprocessed(Transition step, WorkflowRun run)
    {
        foreach (var update in run.Updates.Values.Where(update => update.Stage == UpdateStage.Sent).ToList())
        {
            run.Updates.Remove(update.Id);
            update.Stage = UpdateStage.Completed;
            update.Outcome = new Outcome
            {
                Failure = new Failure
                {
                    Message = "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
                    Source = "Server",
                    ApplicationFailureInfo = new ApplicationFailureInfo { Type = "UnprocessedUpdate", NonRetryable = true },
                },
            };
            Notify(step, update);
        }
    }

    /// <summary>Applies an acceptance or a result.</summary>
    private static void ApplyMessage(Transition step, WorkflowRun run, Message? message)
    {
        if (message is null)
        {
            return;
        }

        var update = run.Updates.GetValueOrDefault(message.ProtocolInstanceId);
        if (message.Body.TryUnpack(out Acceptance acceptance))
        {
            // After a restart only the worker remembers the request; what it did for it must not stay without its cause.
            update ??= acceptance.AcceptedRequest is { Meta.UpdateId: var id } request && id == message.ProtocolInstanceId ? new UpdateState(request) : null;
            if (update is not { Stage: UpdateStage.Admitted or UpdateStage.Sent })
            {
                return;
            }

            run.Updates[update.Id] = update;
            run.Append(step, new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionUpdateAccepted,
                WorkflowExecutionUpdateAcceptedEventAttributes = new WorkflowExecutionUpdateAcceptedEventAttributes
                {
                    ProtocolInstanceId = update.Id,
                    AcceptedRequestMessageId = acceptance.AcceptedRequestMessageId,
                    AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
                    AcceptedRequest = acceptance.AcceptedRequest ?? update.Request,
                },
            });
            Notify(step, update);
        }
        else if (update is { Stage: UpdateStage.Accepted } && message.Body.TryUnpack(out Response response))
        {
            run.Append(step, new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionUpdateCompleted,
                WorkflowExecutionUpdateCompletedEventAttributes = new WorkflowExecutionUpdateCompletedEventAttributes
                {
                    Meta = response.Meta ?? update.Request.Meta,
                    AcceptedEventId = update.AcceptedEventId,
                    Outcome = response.Outcome,
                },
            });
            Notify(step, update);
        }
    }

    private static void EndUpdate(Transition step, UpdateState update, bool continued)
    {
        if (update.Stage == UpdateStage.Accepted)
        {
            update.EndWithItsWorkflow();
        }
        else
        {
            update.Refusal = continued
                ? RpcException.ResourceExhausted("workflow operation can not be applied because workflow is closing", ResourceExhaustedCause.BusyWorkflow)
                : RpcException.NotFound("workflow execution already completed");
            update.Stage = UpdateStage.Completed;
        }

        Notify(step, update);
    }

    private static void Notify(Transition step, UpdateState update) => step.AfterCommit(update.Notify);
}
