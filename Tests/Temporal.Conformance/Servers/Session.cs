using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance.Servers;

/// <summary>A test's client and worker, which speak to a server call by call.</summary>
internal sealed class Session(WorkflowService service)
{
    public const string Namespace = "default";

    /// <summary>Longer than any task takes to come, shorter than a long poll.</summary>
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public WorkflowService Service { get; } = service;

    public string Id { get; } = $"conformance-{Guid.NewGuid():N}";

    public string Queue { get; } = $"queue-{Guid.NewGuid():N}";

    public string Sticky => $"{Queue}-sticky";

    public Temporalio.Api.Common.V1.WorkflowExecution Execution => new() { WorkflowId = Id };

    public static RpcOptions Once => new() { Retry = false };

    public StartWorkflowExecutionRequest NewStart(string? workflowId = null) => new()
    {
        Namespace = Namespace,
        WorkflowId = workflowId ?? Id,
        WorkflowType = new() { Name = "Type" },
        TaskQueue = new() { Name = Queue },
        RequestId = Guid.NewGuid().ToString(),
    };

    public Task<StartWorkflowExecutionResponse> StartAsync(Action<StartWorkflowExecutionRequest>? change = null, string? workflowId = null)
    {
        var request = NewStart(workflowId);
        change?.Invoke(request);
        return Service.StartWorkflowExecutionAsync(request, Once);
    }

    public Task SignalAsync(string name = "signal", string? requestId = null, string? workflowId = null) => Service.SignalWorkflowExecutionAsync(
        new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = workflowId ?? Id }, SignalName = name, RequestId = requestId ?? Guid.NewGuid().ToString() },
        Once);

    public Task TerminateAsync(string? workflowId = null) => Service.TerminateWorkflowExecutionAsync(
        new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = workflowId ?? Id }, Reason = "test" }, Once);

    public Task CancelAsync() => Service.RequestCancelWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = Execution }, Once);

    public async Task<PollWorkflowTaskQueueResponse> PollAsync(string? sticky = null)
    {
        var task = await Service.PollWorkflowTaskQueueAsync(
            new()
            {
                Namespace = Namespace,
                Identity = "worker",
                TaskQueue = sticky is null ? new() { Name = Queue } : new() { Name = sticky, Kind = TaskQueueKind.Sticky, NormalName = Queue },
            },
            new RpcOptions { Retry = false, Timeout = PollTimeout });
        Assert.False(task.TaskToken.IsEmpty, "a workflow task comes");
        return task;
    }

    /// <summary>Polls the worker's own queue. Comes back when the server knows of the poller: without one it gives the queue up.</summary>
    public async Task<Task<PollWorkflowTaskQueueResponse>> BeginPollStickyAsync()
    {
        var poll = PollAsync(Sticky);
        await UntilAsync(async () => (await DescribeQueueAsync(new() { Name = Sticky, Kind = TaskQueueKind.Sticky, NormalName = Queue })).Pollers.Count > 0);
        return poll;
    }

    public Task<DescribeTaskQueueResponse> DescribeQueueAsync(Temporalio.Api.TaskQueue.V1.TaskQueue queue) => Service.DescribeTaskQueueAsync(
        new() { Namespace = Namespace, TaskQueue = queue, TaskQueueType = TaskQueueType.Workflow, ReportStats = queue.Kind != TaskQueueKind.Sticky }, Once);

    public async Task<PollActivityTaskQueueResponse> PollActivityAsync()
    {
        var task = await Service.PollActivityTaskQueueAsync(
            new() { Namespace = Namespace, Identity = "worker", TaskQueue = new() { Name = Queue } }, new RpcOptions { Retry = false, Timeout = PollTimeout });
        Assert.False(task.TaskToken.IsEmpty, "an activity task comes");
        return task;
    }

    public Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        CompleteAsync(task, _ => { }, commands);

    public Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task, Action<RespondWorkflowTaskCompletedRequest> change, params Command[] commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = Namespace, TaskToken = task.TaskToken, Identity = "worker", Commands = { commands } };
        change(request);
        return Service.RespondWorkflowTaskCompletedAsync(request, Once);
    }

    /// <summary>Starts the workflow and completes its first task with commands.</summary>
    public async Task<string> BeginAsync(params Command[] commands)
    {
        var start = await StartAsync();
        await CompleteAsync(await PollAsync(), commands);
        return start.RunId;
    }

    public Task FailTaskAsync(PollWorkflowTaskQueueResponse task) => Service.RespondWorkflowTaskFailedAsync(
        new() { Namespace = Namespace, TaskToken = task.TaskToken, Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, Failure = new() { Message = "broken" } },
        Once);

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string? workflowId = null, string runId = "")
    {
        var reply = await Service.GetWorkflowExecutionHistoryAsync(
            new() { Namespace = Namespace, Execution = new() { WorkflowId = workflowId ?? Id, RunId = runId } },
            new RpcOptions { Retry = false, Metadata = [new("client-name", "temporal-ui"), new("client-version", "2.30.0")] });
        return [.. reply.History.Events];
    }

    /// <summary>The types of the events in one line.</summary>
    public async Task<string> EventsAsync(string? workflowId = null, string runId = "") => Line(await HistoryAsync(workflowId, runId));

    public static string Line(IEnumerable<HistoryEvent> events) => string.Join(' ', events.Select(e => e.EventType));

    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(string? workflowId = null, string runId = "") => Service.DescribeWorkflowExecutionAsync(
        new() { Namespace = Namespace, Execution = new() { WorkflowId = workflowId ?? Id, RunId = runId } }, Once);

    public async Task<WorkflowExecutionStatus> StatusAsync(string? workflowId = null, string runId = "") =>
        (await DescribeAsync(workflowId, runId)).WorkflowExecutionInfo.Status;

    /// <summary>Waits until the history shows an event, and answers with it.</summary>
    public async Task<HistoryEvent> EventAsync(EventType type, string? workflowId = null)
    {
        HistoryEvent? found = null;
        await UntilAsync(async () => (found = (await HistoryAsync(workflowId)).FirstOrDefault(e => e.EventType == type)) is not null);
        return found!;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>The code with which a call is refused.</summary>
    public static async Task<RpcException.StatusCode> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).Code;

    public static Duration Seconds(double seconds) => Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));
}
