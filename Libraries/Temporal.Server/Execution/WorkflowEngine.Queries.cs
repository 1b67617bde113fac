using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Queries: with the workflow task that is outstanding, or alone. Nothing of them is stored.</content>
internal sealed partial class WorkflowEngine
{
    private const int FailingAttempts = 3;
    private static readonly TimeSpan StickyQueryPatience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, PendingQuery> queriesInWork = [];

    /// <summary>Takes a query; its answer comes when a worker has given it.</summary>
    public PendingQuery Query(QueryWorkflowRequest request)
    {
        var run = Runs.Require(request.Namespace, request.Execution.WorkflowId, request.Execution.RunId);
        var query = new PendingQuery(request.Query);
        var rejected = request.QueryRejectCondition switch
        {
            QueryRejectCondition.NotOpen => !run.IsOpen,
            QueryRejectCondition.NotCompletedCleanly => !run.IsOpen && run.Status is not (WorkflowExecutionStatus.Completed or WorkflowExecutionStatus.ContinuedAsNew),
            _ => false,
        };
        if (rejected)
        {
            query.Complete(new QueryWorkflowResponse { QueryRejected = new QueryRejected { Status = run.Status } });
            return query;
        }

        if (run.IsOpen && run.Task is { } task && task.Attempt >= FailingAttempts)
        {
            throw RpcException.WorkflowNotReady("Unable to query workflow due to Workflow Task in failed state.");
        }

        if (run.IsOpen && (run.Task is not null || run.PreviousStartedEventId == 0))
        {
            run.Queries.RemoveAll(old => old.IsAnswered);
            run.Queries.Add(query);
            return query;
        }

        DispatchQuery(run, query, allowSticky: true);
        return query;
    }

    private void DispatchQuery(WorkflowRun run, PendingQuery query, bool allowSticky)
    {
        var sticky = allowSticky && run.StickyQueue is { } name && WorkflowQueues.HasPoller(run.Namespace, name, StickyPollerMemory) ? name : null;
        WorkflowQueues.Offer(run.Namespace, sticky ?? run.TaskQueue, new DispatchedWorkflowTask(run, sticky is null ? 0 : run.PreviousStartedEventId, 0, query));
        if (sticky is not null && !query.IsStarted)
        {
            shard.Timers.Add(
                shard.Now + StickyQueryPatience,
                () => !query.IsStarted && !query.IsAnswered,
                () => DispatchQuery(run, query, allowSticky: false));
        }
    }

    private bool StartQuery(WorkflowRun run, PendingQuery query, PollSlot<WorkflowTaskReply> poller)
    {
        if (query.IsAnswered || query.IsStarted)
        {
            return false;
        }

        query.IsStarted = true;
        queriesInWork[query.Id] = query;
        var sticky = poller.IsSticky;
        poller.Complete(new WorkflowTaskReply(
            new PollWorkflowTaskQueueResponse
            {
                TaskToken = Google.Protobuf.ByteString.CopyFromUtf8(query.Id),
                WorkflowExecution = run.Execution,
                WorkflowType = run.Start.WorkflowType,
                PreviousStartedEventId = run.PreviousStartedEventId,
                Attempt = 1,
                Query = query.Query,
                WorkflowExecutionTaskQueue = new TaskQueue { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
            },
            sticky ? null : HistoryReader.Of(run, 1),
            []));
        return true;
    }

    /// <summary>Takes a worker's answer to a query that was handed out alone.</summary>
    public void CompleteQuery(RespondQueryTaskCompletedRequest request)
    {
        if (!queriesInWork.Remove(request.TaskToken.ToStringUtf8(), out var query))
        {
            throw RpcException.NotFound("query task not found, or already expired");
        }

        if (request.CompletedType == QueryResultType.Answered)
        {
            query.Complete(new QueryWorkflowResponse { QueryResult = request.QueryResult });
        }
        else
        {
            query.Refuse(QueryFailed(request.ErrorMessage, request.Failure));
        }
    }

    /// <summary>Forgets a query whose caller has gone.</summary>
    public void ForgetQuery(PendingQuery query)
    {
        query.Refuse(new OperationCanceledException());
        queriesInWork.Remove(query.Id);
    }

    private static void AttachQueries(WorkflowRun run, PollWorkflowTaskQueueResponse message)
    {
        run.Queries.RemoveAll(query => query.IsAnswered);
        foreach (var query in run.Queries.Where(query => !query.IsStarted))
        {
            query.IsStarted = true;
            message.Queries.Add(query.Id, query.Query);
        }
    }

    private static void AnswerQueries(WorkflowRun run, IReadOnlyDictionary<string, WorkflowQueryResult> results)
    {
        foreach (var (id, result) in results)
        {
            var query = run.Queries.Find(pending => pending.Id == id);
            if (result.ResultType == QueryResultType.Answered)
            {
                query?.Complete(new QueryWorkflowResponse { QueryResult = result.Answer });
            }
            else
            {
                query?.Refuse(QueryFailed(result.ErrorMessage, result.Failure));
            }
        }

        run.Queries.ForEach(query => query.IsStarted = false);
        run.Queries.RemoveAll(query => query.IsAnswered);
    }

    // With no task outstanding, what still waits goes out alone.
    private void ReleaseQueries(WorkflowRun run)
    {
        if (run.Queries.Count == 0 || (run.IsOpen && run.Task is not null))
        {
            return;
        }

        var waiting = run.Queries.ToList();
        run.Queries.Clear();
        foreach (var query in waiting)
        {
            query.IsStarted = false;
            shard.Post(() => DispatchQuery(run, query, allowSticky: true));
        }
    }

    private static RpcException QueryFailed(string message, Temporalio.Api.Failure.V1.Failure? failure) =>
        new(StatusCode.InvalidArgument, message, new QueryFailedFailure { Failure = failure });
}
