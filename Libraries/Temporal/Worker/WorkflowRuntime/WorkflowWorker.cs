using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

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
        var running = new RunningTasks();
        try
        {
            await Task.WhenAll(
                Poller(sticky: false, running).RunAsync(normalPolls, pollStop),
                Poller(sticky: true, running).RunAsync(stickyPolls, pollStop)).ConfigureAwait(false);
        }
        finally
        {
            await running.WhenDoneAsync().ConfigureAwait(false);
        }
    }

    private TaskPoller<PollWorkflowTaskQueueResponse> Poller(bool sticky, RunningTasks running) => new(
        slots, cancellationToken => PollAsync(sticky, cancellationToken), task => running.Add(HandleAsync(task)), logger);

    private async Task<PollWorkflowTaskQueueResponse?> PollAsync(bool sticky, CancellationToken cancellationToken)
    {
        var task = await context.Service.PollWorkflowTaskQueueAsync(
            Request(sticky),
            new() { Retry = false, Timeout = PollTimeout, CancellationToken = cancellationToken }).ConfigureAwait(false);
        return task.TaskToken.IsEmpty ? null : task;
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
        [LoggerMessage(Level = LogLevel.Error, Message = "Gave up a workflow task of run {RunId}; the server will give it out again")]
        public static partial void TaskAbandoned(ILogger logger, Exception exception, string runId);
    }
}
