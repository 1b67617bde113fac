using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Handles polled workflow tasks one after the other per run: finds or rebuilds the run, runs it, answers the
/// server, and goes on with the next task if the answer brings one.</summary>
internal sealed partial class WorkflowTaskHandler
{
    private readonly WorkerContext context;
    private readonly WorkflowRuntimeOptions options;
    private readonly RunCache cache;
    private readonly string? stickyTaskQueue;
    private readonly ILogger logger;

    public WorkflowTaskHandler(WorkerContext context, string? stickyTaskQueue)
    {
        this.context = context;
        this.stickyTaskQueue = stickyTaskQueue;
        logger = context.LoggerFactory.CreateLogger("Temporalio.Worker.Workflows");
        cache = new(stickyTaskQueue == null ? 0 : context.Options.MaxCachedWorkflows);
        var worker = context.Options;
        options = new(
            context.Namespace,
            context.TaskQueue,
            worker.DeploymentOptions?.Version?.BuildId ?? worker.BuildId ?? string.Empty,
            [.. worker.Workflows],
            context.DataConverter,
            context.Interceptors,
            context.LoggerFactory)
        {
            FailureExceptionTypes = worker.WorkflowFailureExceptionTypes ?? [],
            DeadlockTimeout = worker.DebugMode ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(2),
            DisableTracingEventListener = worker.DisableWorkflowTracingEventListener,
            StackTrace = worker.WorkflowStackTrace,
            OnTaskStarting = e => worker.OnTaskStarting(this, e),
            OnTaskCompleted = e => worker.OnTaskCompleted(this, e),
        };
    }

    /// <summary>Handles a task and those that follow from it.</summary>
    public async Task HandleAsync(PollWorkflowTaskQueueResponse polled)
    {
        for (var task = polled; task is { TaskToken.IsEmpty: false };)
        {
            using var lane = await cache.EnterAsync(task.WorkflowExecution.RunId).ConfigureAwait(false);
            task = await HandleOneAsync(task, lane).ConfigureAwait(false);
        }
    }

    private DataConverter ConverterOf(PollWorkflowTaskQueueResponse task) => context.DataConverter.WithSerializationContext(
        new ISerializationContext.Workflow(context.Namespace, task.WorkflowExecution.WorkflowId));

    /// <summary>Handles one task.</summary>
    /// <returns>The task that the answer brought, if any.</returns>
    private async Task<PollWorkflowTaskQueueResponse?> HandleOneAsync(
        PollWorkflowTaskQueueResponse task, RunCache.Lane lane)
    {
        if (ConverterOf(task).PayloadCodec is { } codec)
        {
            await PayloadVisitor.DecodeAsync(task, codec).ConfigureAwait(false);
        }

        var history = await OpenHistoryAsync(task, lane).ConfigureAwait(false);
        var run = lane.Run ??= new(options, task.WorkflowExecution.WorkflowId, task.WorkflowExecution.RunId);
        var result = await run.HandleAsync(task, history, CancellationToken.None).ConfigureAwait(false);
        try
        {
            return result switch
            {
                WorkflowTaskFailure failure => await FailAsync(task, failure, lane).ConfigureAwait(false),
                WorkflowTaskSuccess success when task.Query != null =>
                    await AnswerAsync(task, success).ConfigureAwait(false),
                WorkflowTaskSuccess success => await CompleteAsync(task, success, lane, run).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"Unknown result {result}"),
            };
        }
        catch (RpcException e)
        {
            // Whatever the server now thinks of the task, what this run has in memory is ahead of it.
            lane.Run = null;
            if (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
            {
                Log.CompletionRefused(logger, task.WorkflowExecution.RunId, e.Message);
            }
            else
            {
                Log.CompletionFailed(logger, e, task.WorkflowExecution.RunId);
            }

            return null;
        }
        catch
        {
            // So it is where the answer could not even be sent, as when a codec fails.
            lane.Run = null;
            throw;
        }
    }

    private async Task<HistoryBuffer> OpenHistoryAsync(PollWorkflowTaskQueueResponse task, RunCache.Lane lane)
    {
        var page = new HistoryPage(task.History?.Events ?? [], task.NextPageToken);
        var first = page.Events.Count > 0 ? page.Events[0].EventId : (long?)null;
        var known = lane.Run?.LastAppliedEventId;
        var continues = known != null && (first == null || first <= known + 1);
        if (first == 1 || continues)
        {
            return new(page, (token, cancellation) => FetchAsync(task, token, cancellation));
        }

        // The run is not, or no more, in memory: begin from its first event.
        lane.Run = null;
        var start = await FetchAsync(task, ByteString.Empty, CancellationToken.None).ConfigureAwait(false);
        return new(start, (token, cancellation) => FetchAsync(task, token, cancellation));
    }

    private async Task<HistoryPage> FetchAsync(
        PollWorkflowTaskQueueResponse task, ByteString token, CancellationToken cancellationToken)
    {
        var response = await context.Service.GetWorkflowExecutionHistoryAsync(
            new()
            {
                Namespace = context.Namespace,
                Execution = task.WorkflowExecution,
                NextPageToken = token,
            },
            new() { Retry = true, CancellationToken = cancellationToken }).ConfigureAwait(false);
        if (ConverterOf(task).PayloadCodec is { } codec)
        {
            await PayloadVisitor.DecodeAsync(response, codec).ConfigureAwait(false);
        }

        return new(response.History?.Events ?? [], response.NextPageToken);
    }

    private async Task<PollWorkflowTaskQueueResponse?> FailAsync(
        PollWorkflowTaskQueueResponse task, WorkflowTaskFailure failure, RunCache.Lane lane)
    {
        lane.Run = null;
        Log.TaskFailed(logger, failure.Exception, task.WorkflowType.Name, task.WorkflowExecution.WorkflowId, task.WorkflowExecution.RunId);
        if (task.Query != null)
        {
            await SendAsync(
                new RespondQueryTaskCompletedRequest
                {
                    Namespace = context.Namespace,
                    TaskToken = task.TaskToken,
                    CompletedType = QueryResultType.Failed,
                    ErrorMessage = failure.Failure.Message,
                    Failure = failure.Failure,
                },
                task,
                context.Service.RespondQueryTaskCompletedAsync).ConfigureAwait(false);
        }
        else if (task.Attempt <= 1)
        {
            // The server gives a failed task out again at once. From the second attempt on, its growing timeout is what
            // keeps a broken workflow from running in circles.
            await SendAsync(
                new RespondWorkflowTaskFailedRequest
                {
                    Namespace = context.Namespace,
                    TaskToken = task.TaskToken,
                    Identity = context.Identity,
                    Cause = failure.Cause,
                    Failure = failure.Failure,
                },
                task,
                context.Service.RespondWorkflowTaskFailedAsync).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<PollWorkflowTaskQueueResponse?> AnswerAsync(
        PollWorkflowTaskQueueResponse task, WorkflowTaskSuccess success)
    {
        var answer = success.Answers.Single(candidate => candidate.Id.Length == 0);
        await SendAsync(
            new RespondQueryTaskCompletedRequest
            {
                Namespace = context.Namespace,
                TaskToken = task.TaskToken,
                CompletedType = answer.Failure == null ? QueryResultType.Answered : QueryResultType.Failed,
                QueryResult = answer.Result == null ? null : new() { Payloads_ = { answer.Result } },
                ErrorMessage = answer.Failure?.Message ?? string.Empty,
                Failure = answer.Failure,
            },
            task,
            context.Service.RespondQueryTaskCompletedAsync).ConfigureAwait(false);
        return null;
    }

    private async Task<PollWorkflowTaskQueueResponse?> CompleteAsync(
        PollWorkflowTaskQueueResponse task, WorkflowTaskSuccess success, RunCache.Lane lane, WorkflowRun run)
    {
        using var eager = EagerReservation.Make(context, success.Commands);
        var response = await SendAsync(Completion(task, success), task, context.Service.RespondWorkflowTaskCompletedAsync)
            .ConfigureAwait(false);
        if (success.HasEnded)
        {
            lane.Run = null;
        }
        else if (response.ResetHistoryEventId > 0)
        {
            run.ForgetSpeculativeTask();
        }

        eager.Start(response.ActivityTasks);
        return response.WorkflowTask;
    }

    private RespondWorkflowTaskCompletedRequest Completion(PollWorkflowTaskQueueResponse task, WorkflowTaskSuccess success)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = context.Namespace,
            TaskToken = task.TaskToken,
            Identity = context.Identity,
            Commands = { success.Commands.Select(command => command.Clone()) },
            Messages = { success.Messages },
            SdkMetadata = success.Metadata,
            ReturnNewWorkflowTask = true,
            VersioningBehavior = (Api.Enums.V1.VersioningBehavior)(int)success.VersioningBehavior,
            Capabilities = new() { DiscardSpeculativeWorkflowTaskWithEvents = true },
        };
        if (stickyTaskQueue != null)
        {
            request.StickyAttributes = new()
            {
                WorkerTaskQueue = new() { Name = stickyTaskQueue, Kind = TaskQueueKind.Sticky, NormalName = context.TaskQueue },
                ScheduleToStartTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(
                    context.Options.StickyQueueScheduleToStartTimeout),
            };
        }

        foreach (var answer in success.Answers)
        {
            request.QueryResults[answer.Id] = new()
            {
                ResultType = answer.Failure == null ? QueryResultType.Answered : QueryResultType.Failed,
                Answer = answer.Result == null ? null : new() { Payloads_ = { answer.Result } },
                ErrorMessage = answer.Failure?.Message ?? string.Empty,
                Failure = answer.Failure,
            };
        }

        return request;
    }

    private async Task<TResponse> SendAsync<TRequest, TResponse>(
        TRequest request,
        PollWorkflowTaskQueueResponse task,
        Func<TRequest, Client.RpcOptions?, Task<TResponse>> send)
        where TRequest : IMessage
    {
        if (ConverterOf(task).PayloadCodec is { } codec)
        {
            await PayloadVisitor.EncodeAsync(request, codec).ConfigureAwait(false);
        }

        return await send(request, new() { Retry = true }).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A workflow task of {WorkflowType} with id {WorkflowId} and run id {RunId} failed")]
        public static partial void TaskFailed(
            ILogger logger, Exception exception, string workflowType, string workflowId, string runId);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The server refused the completion of a task of run {RunId}: {Reason}")]
        public static partial void CompletionRefused(ILogger logger, string runId, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The completion of a task of run {RunId} failed")]
        public static partial void CompletionFailed(ILogger logger, Exception exception, string runId);
    }
}
