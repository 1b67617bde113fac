using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.WorkflowRuntime;

namespace Temporalio.Worker.ActivityRuntime;

/// <summary>The part of a worker that polls for activities and runs them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Semaphore and source hold nothing but memory; they live as long as the worker.")]
internal sealed partial class ActivityWorker : IWorkerComponent, IEagerActivities
{
    private readonly WorkerContext context;
    private readonly Dictionary<string, ActivityDefinition> definitions = [];
    private readonly ActivityDefinition? dynamicDefinition;
    private readonly ConcurrentDictionary<ActivityExecution, bool> executions = new();
    private readonly RunningTasks running = new();
    private readonly CancellationTokenSource shutdown = new();
    private readonly RateLimit rate;
    private readonly SemaphoreSlim slots;
    private readonly int polls;
    private readonly ILogger logger;

    public ActivityWorker(WorkerContext context)
    {
        this.context = context;
        var options = context.Options;
        logger = context.LoggerFactory.CreateLogger("Temporalio.Worker.Activities");
        var slotCount = options.MaxConcurrentActivities ?? TemporalWorkerOptions.DefaultSlots;
        slots = new(slotCount);
        polls = Math.Clamp(options.MaxConcurrentActivityTaskPolls, 1, slotCount);
        rate = new(options.MaxActivitiesPerSecond, TimeProvider.System);
        foreach (var definition in options.Activities)
        {
            if (definition.Name == null ? dynamicDefinition != null : !definitions.TryAdd(definition.Name, definition))
            {
                throw new ArgumentException(
                    definition.Name == null ? "Multiple dynamic activities provided" : $"Duplicate activity named {definition.Name}", nameof(context));
            }
            dynamicDefinition ??= definition.Name == null ? definition : null;
        }
    }

    public TaskQueueType TaskQueueType => TaskQueueType.Activity;

    public string? StickyTaskQueue => null;

    public async Task RunAsync(CancellationToken pollStop)
    {
        await using var registration = pollStop.Register(BeginShutdown).ConfigureAwait(false);
        try
        {
            var poller = new TaskPoller<PollActivityTaskQueueResponse>(slots, PollAsync, Start, logger);
            await poller.RunAsync(polls, pollStop).ConfigureAwait(false);
        }
        finally
        {
            BeginShutdown();
            var done = running.WhenDoneAsync();
            if (await Task.WhenAny(done, Task.Delay(context.Options.GracefulShutdownTimeout, CancellationToken.None)).ConfigureAwait(false) != done)
            {
                Log.Canceling(logger, executions.Count);
                foreach (var execution in executions.Keys)
                {
                    execution.Context.Cancel(ActivityCancelReason.WorkerShutdown, new() { IsWorkerShutdown = true });
                }
            }
            await done.ConfigureAwait(false);
        }
    }

    public bool CanRun(string activityType) => dynamicDefinition != null || definitions.ContainsKey(activityType);

    public int Reserve(int count)
    {
        var reserved = 0;
        while (reserved < count && !shutdown.IsCancellationRequested && slots.Wait(0))
        {
            reserved++;
        }
        return reserved;
    }

    public void Release(int count)
    {
        if (count > 0)
        {
            slots.Release(count);
        }
    }

    public void Start(PollActivityTaskQueueResponse task)
    {
        var execution = new ActivityExecution(context, task, logger, shutdown.Token);
        executions.TryAdd(execution, true);
        var factory = context.Options.ActivityTaskFactory;
        running.Add(factory.StartNew(
            () => RunAsync(execution),
            CancellationToken.None,
            factory.CreationOptions | TaskCreationOptions.DenyChildAttach,
            factory.Scheduler ?? TaskScheduler.Default).Unwrap());
    }

    private void BeginShutdown() => shutdown.Cancel();

    private async Task RunAsync(ActivityExecution execution)
    {
        try
        {
            var definition = definitions.GetValueOrDefault(execution.Context.Info.ActivityType) ?? dynamicDefinition;
            await execution.RunAsync(definition, definitions.Keys).ConfigureAwait(false);
        }
        finally
        {
            executions.TryRemove(execution, out _);
            slots.Release();
        }
    }

    private async Task<PollActivityTaskQueueResponse?> PollAsync(CancellationToken cancellationToken)
    {
        await rate.WaitAsync(cancellationToken).ConfigureAwait(false);
        var request = new PollActivityTaskQueueRequest
        {
            Namespace = context.Namespace,
            Identity = context.Identity,
            WorkerInstanceKey = context.InstanceKey,
            TaskQueue = new() { Name = context.TaskQueue, Kind = TaskQueueKind.Normal },
            TaskQueueMetadata = context.Options.MaxTaskQueueActivitiesPerSecond is { } limit ? new() { MaxTasksPerSecond = limit } : null,
        };
        var task = await context.Service.PollActivityTaskQueueAsync(request, new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
        return task.TaskToken.IsEmpty ? null : task;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Cancelling {Count} activities that did not end in the graceful time")]
        public static partial void Canceling(ILogger logger, int count);
    }
}
