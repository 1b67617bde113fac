using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Wire;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

/// <summary>
/// Plays clients and workers of one server, remembers what was acknowledged, and knows which calls must be refused. After every restart
/// and at the end all histories must hold exactly what was acknowledged.
/// </summary>
internal sealed class RunModel(TestEngine server)
{
    private readonly Dictionary<string, Run> current = [];
    private readonly Dictionary<string, Run> runs = [];
    private readonly List<PollWorkflowTaskQueueResponse> tasks = [];
    private readonly List<PollActivityTaskQueueResponse> activities = [];
    private int ids;

    public async Task ApplyAsync(RunStep step)
    {
        var workflowId = $"workflow-{step.Workflow}";
        var open = current.GetValueOrDefault(workflowId) is { IsOpen: true } run ? run : null;
        switch (step.Action)
        {
            case RunAction.Start when open is null:
                await StartAsync(workflowId);
                break;
            case RunAction.Start:
                Assert.Equal(StatusCode.AlreadyExists, await server.RefusalAsync<StartWorkflowExecutionResponse>(Requests.Start(workflowId)));
                break;
            case RunAction.RepeatStart when current.TryGetValue(workflowId, out var started) && started.StartRequest.Length > 0:
                var again = await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start(workflowId, started.StartRequest));
                Assert.Equal(started.RunId, again.RunId);
                break;
            case RunAction.Signal when open is not null:
                await SignalAsync(open, NewId());
                break;
            case RunAction.RepeatSignal when open?.Signals.Count > 0:
                await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal(workflowId, open.Signals[step.Choice % open.Signals.Count]));
                break;
            case RunAction.Signal or RunAction.RepeatSignal when open is null:
                Assert.Equal(StatusCode.NotFound, await server.RefusalAsync<SignalWorkflowExecutionResponse>(Requests.Signal(workflowId, NewId())));
                break;
            case RunAction.RequestCancel when open is not null:
                await server.CallAsync<RequestCancelWorkflowExecutionResponse>(
                    new RequestCancelWorkflowExecutionRequest { Namespace = TestEngine.Namespace, WorkflowExecution = new() { WorkflowId = workflowId } });
                open.CancelRequested = true;
                break;
            case RunAction.Terminate when open is not null:
                await TerminateAsync(open);
                break;
            case RunAction.Terminate:
                Assert.Equal(StatusCode.NotFound, await server.RefusalAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate(workflowId)));
                break;
            case RunAction.Update when open is not null:
                await UpdateAsync(open);
                break;
            case RunAction.Advance:
                await server.AdvanceAsync(TimeSpan.FromSeconds(new[] { 0.5, 3, 6, 11, 70 }[step.Choice % 5]));
                break;
            case RunAction.Restart:
                await server.RestartAsync();
                await CheckAsync();
                break;
            case RunAction.Crash:
                await server.CrashAsync();
                await CheckAsync();
                break;
            default:
                await ApplyAsWorkerAsync(step);
                break;
        }
    }

    /// <summary>Ends everything and compares the histories with what was acknowledged.</summary>
    public async Task FinishAsync()
    {
        foreach (var run in runs.Values.Where(run => run.IsOpen).ToList())
        {
            await TerminateAsync(run);
        }

        await CheckAsync();
        foreach (var run in runs.Values)
        {
            var events = await server.HistoryAsync(run.WorkflowId, run.RunId);
            Assert.Equal(run.Signals, events.Select(e => e.WorkflowExecutionSignaledEventAttributes?.RequestId).OfType<string>());
            Assert.Equal(run.CompletedTasks, events.Count(e => e.EventType == EventType.WorkflowTaskCompleted));
            Assert.Equal(run.CompletedActivities.Order(), events.Select(e => e.ActivityTaskCompletedEventAttributes?.ScheduledEventId).OfType<long>().Order());
            Assert.Equal(run.CancelRequested, events.Any(e => e.EventType == EventType.WorkflowExecutionCancelRequested));
        }

        var count = await server.CallAsync<CountWorkflowExecutionsResponse>(
            new CountWorkflowExecutionsRequest { Namespace = TestEngine.Namespace, Query = "ExecutionStatus != 'Running'" });
        Assert.Equal(runs.Count, count.Count);
    }

    private async Task ApplyAsWorkerAsync(RunStep step)
    {
        switch (step.Action)
        {
            case RunAction.PollTask when await server.PollWorkflowAsync() is { } task:
                Assert.Equal(task.History.Events.Select(e => e.EventId), Enumerable.Range(1, task.History.Events.Count).Select(id => (long)id));
                Assert.Equal(task.StartedEventId, task.History.Events[^1].EventId);
                tasks.Add(task);
                break;
            case RunAction.PollActivity when await server.PollActivityAsync() is { } activity:
                activities.Add(activity);
                break;
            case RunAction.CompleteTask when tasks.Count > 0:
                await CompleteAsync(Take(tasks, step.Choice), Commands(step.Choice));
                break;
            case RunAction.CloseRun when tasks.Count > 0:
                await CloseAsync(Take(tasks, step.Choice), Requests.CompleteWorkflow());
                break;
            case RunAction.ContinueRun when tasks.Count > 0:
                await CloseAsync(Take(tasks, step.Choice), new Command
                {
                    CommandType = CommandType.ContinueAsNewWorkflowExecution,
                    ContinueAsNewWorkflowExecutionCommandAttributes = new(),
                });
                break;
            case RunAction.FailTask when tasks.Count > 0:
                await MayBeStaleAsync<RespondWorkflowTaskFailedResponse>(new RespondWorkflowTaskFailedRequest { TaskToken = Take(tasks, step.Choice).TaskToken });
                break;
            case RunAction.CompleteActivity when activities.Count > 0:
                var done = Take(activities, step.Choice);
                if (await MayBeStaleAsync<RespondActivityTaskCompletedResponse>(new RespondActivityTaskCompletedRequest { TaskToken = done.TaskToken }))
                {
                    runs[done.WorkflowExecution.RunId].CompletedActivities.Add(TaskToken.Parse(done.TaskToken).ScheduledEventId);
                }

                break;
            case RunAction.FailActivity when activities.Count > 0:
                await MayBeStaleAsync<RespondActivityTaskFailedResponse>(new RespondActivityTaskFailedRequest
                {
                    TaskToken = Take(activities, step.Choice).TaskToken,
                    Failure = new() { Message = "failed", ApplicationFailureInfo = new() { NonRetryable = step.Choice % 2 == 0 } },
                });
                break;
            case RunAction.Heartbeat when activities.Count > 0:
                await MayBeStaleAsync<RecordActivityTaskHeartbeatResponse>(
                    new RecordActivityTaskHeartbeatRequest { TaskToken = activities[step.Choice % activities.Count].TaskToken, Details = Requests.Payloads("beat") });
                break;
        }
    }

    private async Task StartAsync(string workflowId)
    {
        var request = NewId();
        var reply = await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start(workflowId, request));
        current[workflowId] = runs[reply.RunId] = new Run(workflowId, reply.RunId, request);
    }

    private async Task SignalAsync(Run run, string request)
    {
        try
        {
            await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal(run.WorkflowId, request));
            run.Signals.Add(request);
        }
        catch (RpcException refusal) when (refusal.Code == StatusCode.ResourceExhausted)
        {
            // The workflow is about to close.
        }
    }

    private async Task TerminateAsync(Run run)
    {
        await server.CallAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate(run.WorkflowId));
        run.IsOpen = false;
    }

    // Nobody answers the update in time; what counts is the task that it makes.
    private async Task UpdateAsync(Run run)
    {
        using var giveUp = new CancellationTokenSource();
        var update = server.CallAsync<UpdateWorkflowExecutionResponse>(
            new UpdateWorkflowExecutionRequest
            {
                Namespace = TestEngine.Namespace,
                WorkflowExecution = new() { WorkflowId = run.WorkflowId },
                Request = new Request { Meta = new() { UpdateId = NewId() }, Input = new() { Name = "update" } },
            },
            giveUp.Token);
        await server.SettleAsync();
        await giveUp.CancelAsync();
        try
        {
            await update;
        }
        catch (Exception expected) when (expected is OperationCanceledException
            or RpcException { Code: StatusCode.ResourceExhausted or StatusCode.FailedPrecondition })
        {
            // Given up, or too many of them, or the workflow fails again and again.
        }
    }

    private async Task CompleteAsync(PollWorkflowTaskQueueResponse task, params Command[] commands)
    {
        if (await RespondAsync(task, commands))
        {
            runs[task.WorkflowExecution.RunId].CompletedTasks++;
        }
    }

    private async Task CloseAsync(PollWorkflowTaskQueueResponse task, Command close)
    {
        if (!await RespondAsync(task, close))
        {
            return;
        }

        var run = runs[task.WorkflowExecution.RunId];
        run.CompletedTasks++;
        run.IsOpen = false;
        if (close.CommandType == CommandType.ContinueAsNewWorkflowExecution)
        {
            var end = (await server.HistoryAsync(run.WorkflowId, run.RunId))[^1].WorkflowExecutionContinuedAsNewEventAttributes;
            current[run.WorkflowId] = runs[end.NewExecutionRunId] = new Run(run.WorkflowId, end.NewExecutionRunId, string.Empty);
        }
    }

    private async Task<bool> RespondAsync(PollWorkflowTaskQueueResponse task, params Command[] commands)
    {
        try
        {
            var reply = await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task, commands));

            // A task that was there for the sake of updates only, and did nothing, leaves nothing.
            return reply.ResetHistoryEventId == 0;
        }
        catch (RpcException refusal) when (refusal.Code is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            // Stale, or a command that cannot be carried out, or one to close while something new has come.
            return false;
        }
    }

    private async Task<bool> MayBeStaleAsync<TReply>(Google.Protobuf.IMessage request)
        where TReply : class, Google.Protobuf.IMessage<TReply>, new()
    {
        try
        {
            await server.CallAsync<TReply>(request);
            return true;
        }
        catch (RpcException refusal) when (refusal.Code == StatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task CheckAsync()
    {
        foreach (var run in runs.Values)
        {
            HistoryInvariants.Check(await server.HistoryAsync(run.WorkflowId, run.RunId), run.IsOpen);
        }
    }

    private Command[] Commands(int choice) => (choice % 7) switch
    {
        0 => [],
        1 => [Requests.Activity($"a{++ids}")],
        2 => [Requests.Activity($"a{++ids}", maximumAttempts: 1, heartbeatSeconds: 5), Requests.Timer($"t{choice % 3}", TimeSpan.FromSeconds(5))],
        3 => [Requests.Timer($"t{choice % 3}", TimeSpan.FromSeconds(2))],
        4 => [new Command { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = $"t{choice % 3}" } }],
        5 => [new Command { CommandType = CommandType.RequestCancelActivityTask, RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = 5 } }],
        _ => [Requests.Activity($"a{++ids}", heartbeatSeconds: 3), Requests.Activity($"a{++ids}")],
    };

    private static T Take<T>(List<T> held, int choice)
    {
        var taken = held[choice % held.Count];
        held.Remove(taken);
        return taken;
    }

    private string NewId() => $"id-{++ids}";

    private sealed class Run(string workflowId, string runId, string startRequest)
    {
        public string WorkflowId { get; } = workflowId;

        public string RunId { get; } = runId;

        public string StartRequest { get; } = startRequest;

        public bool IsOpen { get; set; } = true;

        public bool CancelRequested { get; set; }

        public int CompletedTasks { get; set; }

        public List<string> Signals { get; } = [];

        public List<long> CompletedActivities { get; } = [];
    }
}
