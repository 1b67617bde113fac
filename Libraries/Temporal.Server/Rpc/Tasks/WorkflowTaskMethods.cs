using Google.Protobuf;
using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>What workers poll and report of workflow tasks and queries.</summary>
internal static class WorkflowTaskMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.MapRaw<PollWorkflowTaskQueueRequest>(Service, "PollWorkflowTaskQueue", (request, call) => PollAsync(engine, request, call));
        methods.Map<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>(Service, "RespondWorkflowTaskCompleted", (request, _) => CompleteAsync(engine, request));
        methods.Map<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>(Service, "RespondWorkflowTaskFailed", (request, _) =>
            engine.Shard.ExecuteAsync(step =>
            {
                engine.Workflows.FailTask(step, request);
                return new RespondWorkflowTaskFailedResponse();
            }));
        methods.Map<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>(Service, "RespondQueryTaskCompleted", (request, _) =>
            engine.Shard.ExecuteLazyAsync(_ =>
            {
                engine.Workflows.CompleteQuery(request);
                return new RespondQueryTaskCompletedResponse();
            }));
        methods.Map<QueryWorkflowRequest, QueryWorkflowResponse>(Service, "QueryWorkflow", (request, call) => QueryAsync(engine, request, call));
        methods.Map<ShutdownWorkerRequest, ShutdownWorkerResponse>(Service, "ShutdownWorker", (request, _) => ShutdownAsync(engine, request));
    }

    private static async Task<RpcReply> PollAsync(TemporalEngine engine, PollWorkflowTaskQueueRequest request, RpcCall call)
    {
        engine.Namespaces.Require(request.Namespace);
        var queue = RequestCheck.Queue(request.TaskQueue);
        var sticky = request.TaskQueue.Kind == TaskQueueKind.Sticky;
        engine.Pollers.Record(new TaskQueueKey(request.Namespace, queue, TaskQueueType.Workflow), request.Identity);
        var poller = new PollSlot<WorkflowTaskReply>(request.Identity, request.WorkerInstanceKey, sticky, call.Aborted);
        var task = await LongPoll.WaitAsync(engine, engine.Workflows.WorkflowQueues, request.Namespace, queue, poller, call).ConfigureAwait(false);
        return task is null ? new RpcReply(new PollWorkflowTaskQueueResponse()) : WithHistory(engine, task);
    }

    // Stored batches are serialised histories; protocol buffers merge a message field that comes several times, so they go out as they are.
    private static RpcReply WithHistory(TemporalEngine engine, WorkflowTaskReply task)
    {
        if (task.History is null)
        {
            task.Message.History = new History();
            return new RpcReply(task.Message);
        }

        List<ReadOnlyMemory<byte>> tail = [];
        foreach (var batch in task.History.Read(engine.Store))
        {
            var whole = batch.FirstEvent >= task.History.From && batch.LastEvent <= task.History.Through;
            AddField(tail, whole ? batch.Blob : Cut(batch, task.History));
        }

        if (task.Unwritten.Count > 0)
        {
            AddField(tail, new History { Events = { task.Unwritten } }.ToByteArray());
        }

        return new RpcReply(task.Message, tail);
    }

    private static byte[] Cut(HistoryBatch batch, HistoryReader wanted)
    {
        var events = History.Parser.ParseFrom(batch.Blob).Events.Where(e => e.EventId >= wanted.From && e.EventId <= wanted.Through);
        return new History { Events = { events } }.ToByteArray();
    }

    private static void AddField(List<ReadOnlyMemory<byte>> tail, byte[] history)
    {
        var size = CodedOutputStream.ComputeTagSize(PollWorkflowTaskQueueResponse.HistoryFieldNumber) + CodedOutputStream.ComputeLengthSize(history.Length);
        var header = new byte[size];
        using var output = new CodedOutputStream(header);
        output.WriteTag(PollWorkflowTaskQueueResponse.HistoryFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteLength(history.Length);
        output.Flush();
        tail.Add(header);
        tail.Add(history);
    }

    private static async Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(TemporalEngine engine, RespondWorkflowTaskCompletedRequest request)
    {
        var (next, resetTo, activities) = await engine.Shard.ExecuteAsync(step => engine.Workflows.CompleteTask(step, request)).ConfigureAwait(false);
        if (next is not null)
        {
            next.Message.History = new History { Events = { next.History!.Events(engine.Store), next.Unwritten } };
        }

        return new RespondWorkflowTaskCompletedResponse { WorkflowTask = next?.Message, ResetHistoryEventId = resetTo, ActivityTasks = { activities } };
    }

    private static async Task<QueryWorkflowResponse> QueryAsync(TemporalEngine engine, QueryWorkflowRequest request, RpcCall call)
    {
        engine.Namespaces.Require(request.Namespace);
        RequestCheck.Execution(request.Execution);
        if (request.Query is null)
        {
            throw RpcException.InvalidArgument("WorkflowQuery is not set on request.");
        }

        RequestCheck.Name(request.Query.QueryType, "QueryType");
        RequestCheck.Size(request.Query);
        var query = await engine.Shard.ExecuteAsync(_ => engine.Workflows.Query(request)).ConfigureAwait(false);
        await using var registration = call.Aborted.Register(() => engine.Shard.Post(() => engine.Workflows.ForgetQuery(query))).ConfigureAwait(false);
        return await query.Answer.ConfigureAwait(false);
    }

    private static Task<ShutdownWorkerResponse> ShutdownAsync(TemporalEngine engine, ShutdownWorkerRequest request)
    {
        engine.Namespaces.Require(request.Namespace);
        engine.Workers.ShutDown(request.Namespace, request.WorkerInstanceKey, request.WorkerHeartbeat);
        return engine.Shard.ExecuteLazyAsync(_ =>
        {
            if (request.StickyTaskQueue.Length > 0)
            {
                engine.Workflows.WorkflowQueues.Drain(request.Namespace, request.StickyTaskQueue, _ => true);
            }

            if (request.TaskQueue.Length > 0)
            {
                engine.Workflows.WorkflowQueues.Drain(request.Namespace, request.TaskQueue, Ends);
                engine.Workflows.ActivityQueues.Drain(request.Namespace, request.TaskQueue, Ends);
            }

            return new ShutdownWorkerResponse();
        });

        bool Ends<TReply>(PollSlot<TReply> poller)
            where TReply : class =>
            request.WorkerInstanceKey.Length > 0 ? poller.Worker == request.WorkerInstanceKey : poller.Identity == request.Identity;
    }
}
