using System.Collections.Concurrent;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Tests.Temporal.Server.Crash;

/// <summary>
/// Clients and workers that go on through the kills of their server. Each workflow runs an activity and a timer and waits for two
/// signals; what the server has acknowledged is remembered.
/// </summary>
internal sealed class CrashLoad(string address) : IDisposable
{
    private const int Clients = 4;
    private const int Workers = 4;
    private const int Signals = 2;

    /// <summary>How long the work that a kill has taken with it is waited for.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TemporalClient client = TemporalClient.CreateLazy(new(address));
    private readonly CancellationTokenSource stopStarting = new();
    private readonly CancellationTokenSource stopWorking = new();
    private readonly List<Task> clients = [];
    private readonly List<Task> workers = [];

    /// <summary>The acknowledged runs by their workflow ids.</summary>
    public ConcurrentDictionary<string, string> Started { get; } = new();

    public ConcurrentBag<(string WorkflowId, string RequestId)> Signaled { get; } = [];

    public ConcurrentBag<(string WorkflowId, long StartedEventId)> CompletedTasks { get; } = [];

    public ConcurrentBag<(string WorkflowId, string Worker)> CompletedActivities { get; } = [];

    private WorkflowService Service => client.WorkflowService;

    public void Start()
    {
        clients.AddRange(Enumerable.Range(0, Clients).Select(number => Task.Run(() => StartWorkflowsAsync(number))));
        workers.AddRange(Enumerable.Range(0, Workers).Select(_ => Task.Run(DoWorkflowTasksAsync)));
        workers.AddRange(Enumerable.Range(0, Workers).Select(number => Task.Run(() => DoActivitiesAsync($"worker-{number}"))));
    }

    public async Task StopStartingAsync()
    {
        await stopStarting.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async Task StopWorkingAsync()
    {
        await stopWorking.CancelAsync();
        await Task.WhenAll(workers);
    }

    public Task<CountWorkflowExecutionsResponse> CountAsync(string query) =>
        Service.CountWorkflowExecutionsAsync(new CountWorkflowExecutionsRequest { Namespace = TestEngine.Namespace, Query = query });

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string workflowId, string runId)
    {
        var reply = await Service.GetWorkflowExecutionHistoryAsync(
            new GetWorkflowExecutionHistoryRequest { Namespace = TestEngine.Namespace, Execution = new() { WorkflowId = workflowId, RunId = runId } });
        return [.. reply.History.Events];
    }

    public void Dispose()
    {
        stopStarting.Dispose();
        stopWorking.Dispose();
    }

    private async Task StartWorkflowsAsync(int number)
    {
        for (var count = 0; !stopStarting.IsCancellationRequested; count++)
        {
            var workflowId = $"workflow-{number}-{count}";
            var start = Requests.Start(workflowId);
            start.WorkflowTaskTimeout = Duration.FromTimeSpan(AttemptTimeout);
            var run = await UntilAcknowledgedAsync(() => Service.StartWorkflowExecutionAsync(start, Once(CancellationToken.None)));
            Started[workflowId] = run.RunId;
            for (var signal = 0; signal < Signals; signal++)
            {
                var request = Requests.Signal(workflowId, $"signal-{signal}");
                await UntilAcknowledgedAsync(() => Service.SignalWorkflowExecutionAsync(request, Once(CancellationToken.None)));
                Signaled.Add((workflowId, request.RequestId));
            }

            // What counts is that something is in flight at every moment, not how much there is to do in the end.
            await Task.Delay(Pause);
        }
    }

    private async Task DoWorkflowTasksAsync()
    {
        var poll = new PollWorkflowTaskQueueRequest { Namespace = TestEngine.Namespace, Identity = "worker", TaskQueue = new() { Name = TestEngine.Queue } };
        while (!stopWorking.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                var task = await Service.PollWorkflowTaskQueueAsync(poll, Once(stopWorking.Token));
                if (!task.TaskToken.IsEmpty)
                {
                    await Service.RespondWorkflowTaskCompletedAsync(Requests.Complete(task, Commands(task.History.Events)), Once(CancellationToken.None));
                    CompletedTasks.Add((task.WorkflowExecution.WorkflowId, task.StartedEventId));
                }
            });
        }
    }

    private async Task DoActivitiesAsync(string worker)
    {
        var poll = new PollActivityTaskQueueRequest { Namespace = TestEngine.Namespace, Identity = worker, TaskQueue = new() { Name = TestEngine.Queue } };
        while (!stopWorking.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                var task = await Service.PollActivityTaskQueueAsync(poll, Once(stopWorking.Token));
                if (!task.TaskToken.IsEmpty)
                {
                    await Service.RespondActivityTaskCompletedAsync(
                        new() { Namespace = TestEngine.Namespace, TaskToken = task.TaskToken, Identity = worker }, Once(CancellationToken.None));
                    CompletedActivities.Add((task.WorkflowExecution.WorkflowId, worker));
                }
            });
        }
    }

    private static Temporalio.Api.Command.V1.Command[] Commands(IReadOnlyCollection<HistoryEvent> events)
    {
        if (events.All(e => e.EventType != EventType.ActivityTaskScheduled))
        {
            // An attempt that a kill has taken with it times out and is made again.
            var activity = Requests.Activity("activity");
            activity.ScheduleActivityTaskCommandAttributes.StartToCloseTimeout = Duration.FromTimeSpan(AttemptTimeout);
            activity.ScheduleActivityTaskCommandAttributes.RetryPolicy.InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100));
            return [activity, Requests.Timer("timer", TimeSpan.FromSeconds(1))];
        }

        var done = events.Any(e => e.EventType == EventType.ActivityTaskCompleted) && events.Any(e => e.EventType == EventType.TimerFired)
            && events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled) == Signals;
        return done ? [Requests.CompleteWorkflow()] : [];
    }

    private static RpcOptions Once(CancellationToken cancellationToken) =>
        new() { Retry = false, Timeout = TimeSpan.FromSeconds(10), CancellationToken = cancellationToken };

    // The same request, with the same request id, until there is an answer.
    private static async Task<T> UntilAcknowledgedAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException lost) when (lost.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.Cancelled
                or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Unknown or RpcException.StatusCode.Internal)
            {
                await Task.Delay(Pause);
            }
        }
    }

    // What a worker does is tried once: a task that is lost comes again.
    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RpcException)
        {
            await Task.Delay(Pause);
        }
        catch (OperationCanceledException)
        {
            // The test ends.
        }
    }
}
