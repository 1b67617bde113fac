using Google.Protobuf;
using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>What workers poll and report of activities, by task token or by ids.</summary>
internal static class ActivityTaskMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.Map<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>(Service, "PollActivityTaskQueue", (request, call) => PollAsync(engine, request, call));
        methods.Map<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>(Service, "RespondActivityTaskCompleted", (request, _) =>
            CompleteAsync<RespondActivityTaskCompletedResponse>(engine, workflows => workflows.RequireActivity(request.TaskToken), request.Result, request.Identity));
        methods.Map<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>(Service, "RespondActivityTaskCompletedById", (request, _) =>
            CompleteAsync<RespondActivityTaskCompletedByIdResponse>(
                engine, workflows => workflows.RequireActivity(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Result, request.Identity));
        methods.Map<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>(Service, "RespondActivityTaskFailed", (request, _) =>
            FailAsync<RespondActivityTaskFailedResponse>(
                engine, workflows => workflows.RequireActivity(request.TaskToken), request.Failure, request.LastHeartbeatDetails, request.Identity));
        methods.Map<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>(Service, "RespondActivityTaskFailedById", (request, _) =>
            FailAsync<RespondActivityTaskFailedByIdResponse>(
                engine,
                workflows => workflows.RequireActivity(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId),
                request.Failure,
                request.LastHeartbeatDetails,
                request.Identity));
        methods.Map<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>(Service, "RespondActivityTaskCanceled", (request, _) =>
            CancelAsync<RespondActivityTaskCanceledResponse>(engine, workflows => workflows.RequireActivity(request.TaskToken), request.Details, request.Identity));
        methods.Map<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>(Service, "RespondActivityTaskCanceledById", (request, _) =>
            CancelAsync<RespondActivityTaskCanceledByIdResponse>(
                engine, workflows => workflows.RequireActivity(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Details, request.Identity));
        methods.Map<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>(Service, "RecordActivityTaskHeartbeat", (request, _) =>
            engine.Shard.ExecuteLazyAsync(step => new RecordActivityTaskHeartbeatResponse
            {
                CancelRequested = Heartbeat(engine, step, engine.Workflows.RequireActivity(request.TaskToken), request.Details, request.Identity),
            }));
        methods.Map<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>(Service, "RecordActivityTaskHeartbeatById", (request, _) =>
            engine.Shard.ExecuteLazyAsync(step => new RecordActivityTaskHeartbeatByIdResponse
            {
                CancelRequested = Heartbeat(
                    engine,
                    step,
                    engine.Workflows.RequireActivity(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId),
                    request.Details,
                    request.Identity),
            }));
    }

    private static async Task<PollActivityTaskQueueResponse> PollAsync(TemporalEngine engine, PollActivityTaskQueueRequest request, RpcCall call)
    {
        engine.Namespaces.Require(request.Namespace);
        var queue = RequestCheck.Queue(request.TaskQueue);
        engine.Pollers.Record(new TaskQueueKey(request.Namespace, queue, TaskQueueType.Activity), request.Identity);
        var poller = new PollSlot<PollActivityTaskQueueResponse>(request.Identity, request.WorkerInstanceKey, isSticky: false, call.Aborted);
        return await LongPoll.WaitAsync(engine, engine.Workflows.ActivityQueues, request.Namespace, queue, poller, call).ConfigureAwait(false)
            ?? new PollActivityTaskQueueResponse();
    }

    private static Task<TReply> CompleteAsync<TReply>(
        TemporalEngine engine, Func<WorkflowEngine, (WorkflowRun, ActivityState)> find, Payloads? result, string identity)
        where TReply : new() =>
        ReportAsync<TReply>(engine, step =>
        {
            var found = find(engine.Workflows);
            if (IsTooLarge(result))
            {
                engine.Workflows.FailActivity(step, found, TooLarge("Complete result"), null, identity);
            }
            else
            {
                engine.Workflows.CompleteActivity(step, found, result, identity);
            }
        });

    private static Task<TReply> FailAsync<TReply>(
        TemporalEngine engine, Func<WorkflowEngine, (WorkflowRun, ActivityState)> find, Failure? failure, Payloads? heartbeat, string identity)
        where TReply : new() =>
        ReportAsync<TReply>(engine, step => engine.Workflows.FailActivity(
            step, find(engine.Workflows), IsTooLarge(failure) ? TooLarge("Failure") : failure, IsTooLarge(heartbeat) ? null : heartbeat, identity));

    private static Task<TReply> CancelAsync<TReply>(
        TemporalEngine engine, Func<WorkflowEngine, (WorkflowRun, ActivityState)> find, Payloads? details, string identity)
        where TReply : new() =>
        ReportAsync<TReply>(engine, step =>
        {
            var found = find(engine.Workflows);
            if (IsTooLarge(details))
            {
                engine.Workflows.FailActivity(step, found, TooLarge("Cancel details"), null, identity);
            }
            else
            {
                engine.Workflows.CancelActivity(step, found, details, identity);
            }
        });

    /// <summary>Takes a heartbeat; one that is too large fails its activity.</summary>
    /// <returns>Whether the activity is to stop.</returns>
    private static bool Heartbeat(TemporalEngine engine, Transition step, (WorkflowRun, ActivityState) found, Payloads? details, string identity)
    {
        if (!IsTooLarge(details))
        {
            return WorkflowEngine.Heartbeat(step, found, details);
        }

        engine.Workflows.FailActivity(step, found, TooLarge("Heartbeat details"), null, identity);
        return true;
    }

    private static bool IsTooLarge(IMessage? message) => message?.CalculateSize() > SystemMethods.BlobSizeLimit;

    private static Failure TooLarge(string what) => new()
    {
        Message = $"{what} exceeds size limit.",
        Source = "Server",
        ServerFailureInfo = new ServerFailureInfo { NonRetryable = true },
    };

    private static Task<TReply> ReportAsync<TReply>(TemporalEngine engine, Action<Transition> report)
        where TReply : new() =>
        engine.Shard.ExecuteAsync(step =>
        {
            report(step);
            return new TReply();
        });
}
