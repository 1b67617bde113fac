using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The part of a worker that polls for workflow tasks: from the worker's own sticky queue for the runs that it
/// keeps in memory, from the normal queue for all others.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A semaphore without wait handle holds nothing to release.")]
internal sealed partial class WorkflowWorker : IWorkerComponent
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FatalTolerance = TimeSpan.FromMinutes(1);

    // Open polls may carry a task that the server has already counted as started.
    private static readonly TimeSpan LastPollGrace = TimeSpan.FromSeconds(2);

    private readonly WorkerContext context;
    private readonly WorkflowTaskHandler handler;
    private readonly ILogger logger;
    private readonly SemaphoreSlim slots;
    private readonly int stickyPolls;
    private readonly int normalPolls;

    public WorkflowWorker(WorkerContext context)
    {
        this.context = context;
        logger = context.LoggerFactory.CreateLogger("Temporalio.Worker.Workflows");
        var options = context.Options;
        var slotCount = options.MaxConcurrentWorkflowTasks ?? TemporalWorkerOptions.DefaultSlots;
        var polls = Math.Clamp(options.MaxConcurrentWorkflowTaskPolls, 1, slotCount);
        slots = new(slotCount);

        // With a single poll there is none to spare for a queue of its own.
        var caches = options.MaxCachedWorkflows > 0 && slotCount > 1;
        normalPolls = caches ? Math.Max(1, (int)(polls * options.NonStickyToStickyPollRatio)) : polls;
        stickyPolls = caches ? Math.Max(1, polls - normalPolls) : 0;
        StickyTaskQueue = caches ? $"{context.Identity}-{context.InstanceKey}" : null;
        handler = new(context, StickyTaskQueue);
    }

    public TaskQueueType TaskQueueType => TaskQueueType.Workflow;

    public string? StickyTaskQueue { get; }

    public async Task RunAsync(CancellationToken pollStop)
    {
        using var guard = context.Options.DisableWorkflowTracingEventListener ? null : SchedulerGuard.Watch();
        using var pollCancel = new CancellationTokenSource();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(pollStop);
        await using var registration = failed.Token.Register(() => pollCancel.CancelAfter(LastPollGrace)).ConfigureAwait(false);
        var running = new RunningTasks();
        var polls = Enumerable.Range(0, normalPolls + stickyPolls)
            .Select(i => PollAsync(i >= normalPolls, running, failed, pollCancel.Token))
            .ToArray();
        try
        {
            await Task.WhenAll(polls).ConfigureAwait(false);
        }
        finally
        {
            await running.WhenDoneAsync().ConfigureAwait(false);
        }
    }

    private async Task PollAsync(
        bool sticky, RunningTasks running, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var backoff = FirstBackoff;
        DateTimeOffset? failingSince = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await slots.WaitAsync(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            PollWorkflowTaskQueueResponse? task = null;
            try
            {
                task = await context.Service.PollWorkflowTaskQueueAsync(Request(sticky), new()
                {
                    Retry = false,
                    Timeout = PollTimeout,
                    CancellationToken = cancellationToken,
                }).ConfigureAwait(false);
                backoff = FirstBackoff;
                failingSince = null;
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                failingSince ??= TimeProvider.System.GetUtcNow();
                if (IsFatal(e) && TimeProvider.System.GetUtcNow() - failingSince > FatalTolerance)
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                    throw;
                }

                backoff = await WaitAsync(e, backoff, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                if (task is not { TaskToken.IsEmpty: false })
                {
                    slots.Release();
                }
            }

            if (task is { TaskToken.IsEmpty: false })
            {
                running.Add(HandleAsync(task));
            }
        }
    }

    private async Task HandleAsync(PollWorkflowTaskQueueResponse task)
    {
        // Leaves the poll's own thread, so that the next poll begins at once.
        await Task.Yield();
        try
        {
            await handler.HandleAsync(task).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.TaskAbandoned(logger, e, task.WorkflowExecution.RunId);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<TimeSpan> WaitAsync(Exception e, TimeSpan backoff, CancellationToken stop)
    {
        // A long poll that ran into its own timeout is no fault.
        if (e is RpcException { Code: RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled })
        {
            return FirstBackoff;
        }

        var wait = e is RpcException { Code: RpcException.StatusCode.ResourceExhausted } && backoff < TimeSpan.FromSeconds(1)
            ? TimeSpan.FromSeconds(1)
            : backoff;
        Log.PollFailed(logger, e, wait);
        await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wait * 2 < LongestBackoff ? wait * 2 : LongestBackoff;
    }

    private static bool IsFatal(Exception e) => e is RpcException
    {
        Code: RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.PermissionDenied
            or RpcException.StatusCode.Unauthenticated or RpcException.StatusCode.NotFound
            or RpcException.StatusCode.Unimplemented or RpcException.StatusCode.FailedPrecondition
    };

    private PollWorkflowTaskQueueRequest Request(bool sticky) => new()
    {
        Namespace = context.Namespace,
        Identity = context.Identity,
        WorkerInstanceKey = context.InstanceKey,
        TaskQueue = sticky
            ? new() { Name = StickyTaskQueue, Kind = TaskQueueKind.Sticky, NormalName = context.TaskQueue }
            : new() { Name = context.TaskQueue, Kind = TaskQueueKind.Normal },
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Polling for workflow tasks failed, trying again in {Wait}")]
        public static partial void PollFailed(ILogger logger, Exception exception, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Error, Message = "Gave up a workflow task of run {RunId}; the server will give it out again")]
        public static partial void TaskAbandoned(ILogger logger, Exception exception, string runId);
    }
}
