using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.ActivityRuntime;

/// <summary>One attempt of an activity, from its task to the report of how it ended.</summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync, which is always called, releases the timers.")]
internal sealed partial class ActivityExecution
{
    private readonly WorkerContext worker;
    private readonly PollActivityTaskQueueResponse task;
    private readonly ActivityTimeouts timeouts;
    private readonly ActivityHeartbeats heartbeats;
    private readonly ActivityReport report;
    private readonly ILogger logger;
    private ActivityOutboundInterceptor outbound;

    public ActivityExecution(WorkerContext worker, PollActivityTaskQueueResponse task, ILogger logger, CancellationToken workerShutdown)
    {
        this.worker = worker;
        this.task = task;
        this.logger = logger;
        var info = ActivityTaskReader.ReadInfo(task, worker);
        Context = new(info, worker.Client, worker.LoggerFactory.CreateLogger($"Temporalio.Activity:{info.ActivityType}"), workerShutdown);
        timeouts = new(Context);
        heartbeats = new(worker, Context, timeouts.OnHeartbeat, logger);
        report = new(worker, task.TaskToken);
        outbound = new InnermostOutbound(heartbeats);
        Context.Heartbeater = details => outbound.Heartbeat(new(details));
    }

    public ActivityExecutionContext Context { get; }

    private DataConverter Converter => Context.Info.DataConverter;

    /// <summary>Runs the attempt. Never fails.</summary>
    /// <param name="definition">The activity, null when this worker has none of the type.</param>
    /// <param name="known">Names of the activities that it has.</param>
    public async Task RunAsync(ActivityDefinition? definition, IEnumerable<string> known)
    {
        ActivityExecutionContext.SetCurrent(Context);
        try
        {
            object? result;
            using (Context.Logger.BeginScope(Scope()))
            {
                result = await InvokeAsync(definition, known).ConfigureAwait(false);
            }
            // A method without result gives an empty tuple.
            var payload = await Converter.ToPayloadAsync(result is ValueTuple ? null : result).ConfigureAwait(false);
            Context.End();
            await ReportAsync(report.CompletedAsync(payload)).ConfigureAwait(false);
            await heartbeats.EndAsync().ConfigureAwait(false);
        }
        catch (CompleteAsyncException)
        {
            await heartbeats.EndAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Context.End();
            await heartbeats.EndAsync().ConfigureAwait(false);
            await ReportAsync(ReportFailureAsync(e)).ConfigureAwait(false);
        }
        finally
        {
            timeouts.Dispose();
            ActivityExecutionContext.SetCurrent(null);
        }
    }

    private async Task<object?> InvokeAsync(ActivityDefinition? definition, IEnumerable<string> known)
    {
        if (definition == null)
        {
            throw new ApplicationFailureException(
                $"Activity {task.ActivityType.Name} is not registered on this worker, available activities: {string.Join(", ", known.Order(StringComparer.Ordinal))}",
                errorType: "NotFoundError");
        }
        var input = await ActivityTaskReader.ReadInputAsync(task, definition, Converter).ConfigureAwait(false);
        var inbound = worker.Interceptors.Reverse().Aggregate(
            (ActivityInboundInterceptor)new InnermostInbound(this), (next, interceptor) => interceptor.InterceptActivity(next));
        inbound.Init(outbound);
        return await inbound.ExecuteActivityAsync(input).ConfigureAwait(false);
    }

    private async Task ReportFailureAsync(Exception failure)
    {
        if (failure is OperationCanceledException)
        {
            switch (Context.CancelReason)
            {
                case ActivityCancelReason.CancelRequested:
                    await heartbeats.FlushAsync().ConfigureAwait(false);
                    await report.CanceledAsync(null).ConfigureAwait(false);
                    return;
                case ActivityCancelReason.GoneFromServer or ActivityCancelReason.Timeout:
                    // Nobody waits for this attempt any more.
                    return;
                case ActivityCancelReason.Paused:
                    failure = new ApplicationFailureException("Activity paused", failure, "ActivityPause");
                    break;
                case ActivityCancelReason.Reset:
                    failure = new ApplicationFailureException("Activity reset", failure, "ActivityReset");
                    break;
                case ActivityCancelReason.HeartbeatRecordFailure:
                    failure = heartbeats.Failure ?? failure;
                    break;
                case ActivityCancelReason.WorkerShutdown:
                    failure = new ApplicationFailureException(
                        "Worker is shutting down and this activity did not complete in time", failure, "WorkerShutdown");
                    break;
            }
        }
        if (failure is ApplicationFailureException { Category: ApplicationErrorCategory.Benign })
        {
            Log.FailedBenignly(logger, failure, Context.Info.ActivityType, Context.Info.Attempt);
        }
        else
        {
            Log.Failed(logger, failure, Context.Info.ActivityType, Context.Info.Attempt);
        }
        await report.FailedAsync(
            await Converter.ToFailureAsync(failure).ConfigureAwait(false),
            await heartbeats.ReadNewestAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task ReportAsync(Task sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            Log.NotAwaited(logger, Context.Info.ActivityType, Context.Info.Attempt);
        }
        catch (Exception e)
        {
            Log.NotReported(logger, e, Context.Info.ActivityType, Context.Info.Attempt);
        }
    }

    private Dictionary<string, object> Scope() => new()
    {
        ["ActivityId"] = Context.Info.ActivityId,
        ["ActivityType"] = Context.Info.ActivityType,
        ["Attempt"] = Context.Info.Attempt,
        ["WorkflowId"] = Context.Info.WorkflowId ?? "",
        ["WorkflowRunId"] = Context.Info.WorkflowRunId ?? "",
        ["WorkflowType"] = Context.Info.WorkflowType ?? "",
    };

    private sealed class InnermostInbound(ActivityExecution execution) : ActivityInboundInterceptor
    {
        public override void Init(ActivityOutboundInterceptor outbound) => execution.outbound = outbound;

        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => input.Activity.InvokeAsync(input.Args);
    }

    private sealed class InnermostOutbound(ActivityHeartbeats heartbeats) : ActivityOutboundInterceptor
    {
        public override void Heartbeat(HeartbeatInput input) => heartbeats.Record(input.Details);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Activity {ActivityType} failed at attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Exception exception, string activityType, int attempt);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Activity {ActivityType} failed at attempt {Attempt}, as it may")]
        public static partial void FailedBenignly(ILogger logger, Exception exception, string activityType, int attempt);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The server does not wait for attempt {Attempt} of activity {ActivityType} any more")]
        public static partial void NotAwaited(ILogger logger, string activityType, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "How attempt {Attempt} of activity {ActivityType} ended could not be reported")]
        public static partial void NotReported(ILogger logger, Exception exception, string activityType, int attempt);
    }
}
