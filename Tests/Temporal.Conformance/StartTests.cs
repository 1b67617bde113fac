using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance;

public sealed class StartTests(BothServers servers)
{
    public static TheoryData<ServerKind> Kinds => BothServers.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Start_IdIsRunning_IsRefusedUnlessTheRequestIsTheSame(ServerKind kind)
    {
        var session = servers.Open(kind);
        var first = session.NewStart();
        var started = await session.Service.StartWorkflowExecutionAsync(first, Session.Once);
        Assert.True(started.Started);

        var again = await session.Service.StartWorkflowExecutionAsync(first, Session.Once);
        Assert.Equal(started.RunId, again.RunId);
        Assert.Equal(RpcException.StatusCode.AlreadyExists, await Session.RefusalAsync(() => session.StartAsync()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Start_ConflictPolicies_UseOrTerminateTheRunningOne(ServerKind kind)
    {
        var session = servers.Open(kind);
        var first = await session.StartAsync();

        var used = await session.StartAsync(request => request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting);
        Assert.False(used.Started);
        Assert.Equal(first.RunId, used.RunId);

        var replaced = await session.StartAsync(request => request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting);
        Assert.True(replaced.Started);
        Assert.NotEqual(first.RunId, replaced.RunId);
        Assert.Equal(WorkflowExecutionStatus.Terminated, await session.StatusAsync(runId: first.RunId));
        Assert.Equal(WorkflowExecutionStatus.Running, await session.StatusAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Start_IdIsClosed_ReusePolicyDecides(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Complete());
        foreach (var refused in new[] { WorkflowIdReusePolicy.RejectDuplicate, WorkflowIdReusePolicy.AllowDuplicateFailedOnly })
        {
            Assert.Equal(
                RpcException.StatusCode.AlreadyExists,
                await Session.RefusalAsync(() => session.StartAsync(request => request.WorkflowIdReusePolicy = refused)));
        }

        await session.StartAsync();
        await session.TerminateAsync();
        Assert.True((await session.StartAsync(request => request.WorkflowIdReusePolicy = WorkflowIdReusePolicy.AllowDuplicateFailedOnly)).Started);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignalWithStart_NewAndRunning_SignalsOnce(ServerKind kind)
    {
        var session = servers.Open(kind);
        var request = new Temporalio.Api.WorkflowService.V1.SignalWithStartWorkflowExecutionRequest
        {
            Namespace = Session.Namespace,
            WorkflowId = session.Id,
            WorkflowType = new() { Name = "Type" },
            TaskQueue = new() { Name = session.Queue },
            SignalName = "signal",
            RequestId = Guid.NewGuid().ToString(),
        };
        var started = await session.Service.SignalWithStartWorkflowExecutionAsync(request, Session.Once);
        Assert.True(started.Started);
        Assert.Equal("WorkflowExecutionStarted WorkflowExecutionSignaled WorkflowTaskScheduled", await session.EventsAsync());

        request.RequestId = Guid.NewGuid().ToString();
        var signaled = await session.Service.SignalWithStartWorkflowExecutionAsync(request, Session.Once);
        Assert.False(signaled.Started);
        Assert.Equal(started.RunId, signaled.RunId);
        Assert.Equal("WorkflowExecutionStarted WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowExecutionSignaled", await session.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Start_Eagerly_FirstTaskComesWithTheReply(ServerKind kind)
    {
        var session = servers.Open(kind);

        var started = await session.StartAsync(request => request.RequestEagerExecution = true);

        Assert.NotNull(started.EagerWorkflowTask);
        Assert.Equal("WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted", Session.Line(started.EagerWorkflowTask.History.Events));
        await session.CompleteAsync(started.EagerWorkflowTask, Commands.Complete());
        Assert.Equal(WorkflowExecutionStatus.Completed, await session.StatusAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Start_WithDelay_TaskWaitsAndACancelRequestDoesNot(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync(request => request.WorkflowStartDelay = Session.Seconds(600));
        await session.SignalAsync();
        Assert.Equal("WorkflowExecutionStarted WorkflowExecutionSignaled", await session.EventsAsync());

        await session.CancelAsync();

        Assert.Equal("WorkflowExecutionStarted WorkflowExecutionSignaled WorkflowExecutionCancelRequested WorkflowTaskScheduled", await session.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Run_TimesOut_AndIsClosed(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync(request => request.WorkflowRunTimeout = Session.Seconds(1));

        await session.EventAsync(EventType.WorkflowExecutionTimedOut);

        Assert.Equal(WorkflowExecutionStatus.TimedOut, await session.StatusAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ContinueAsNew_NewRun_BelongsToTheChain(ServerKind kind)
    {
        var session = servers.Open(kind);
        var first = await session.StartAsync(request => request.Memo = new() { Fields = { ["note"] = Commands.Text("kept?").Payloads_[0] } });
        await session.CompleteAsync(await session.PollAsync(), Commands.ContinueAsNew());

        var end = (await session.HistoryAsync(runId: first.RunId))[^1].WorkflowExecutionContinuedAsNewEventAttributes;
        var next = (await session.HistoryAsync(runId: end.NewExecutionRunId))[0].WorkflowExecutionStartedEventAttributes;
        Assert.Equal(first.RunId, next.ContinuedExecutionRunId);
        Assert.Equal(first.RunId, next.FirstExecutionRunId);
        Assert.Equal(ContinueAsNewInitiator.Workflow, next.Initiator);
        Assert.True(next.Memo is null || next.Memo.Fields.Count == 0);
        Assert.Equal(WorkflowExecutionStatus.ContinuedAsNew, await session.StatusAsync(runId: first.RunId));
        Assert.Equal(WorkflowExecutionStatus.Running, await session.StatusAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Fail_WithRetryPolicy_NextRunIsOfTheChain(ServerKind kind)
    {
        var session = servers.Open(kind);
        var first = await session.StartAsync(request => request.RetryPolicy = new() { InitialInterval = Session.Seconds(600), MaximumAttempts = 2 });
        await session.CompleteAsync(await session.PollAsync(), Commands.Fail());

        var end = (await session.HistoryAsync(runId: first.RunId))[^1].WorkflowExecutionFailedEventAttributes;
        Assert.Equal(RetryState.InProgress, end.RetryState);
        var next = (await session.HistoryAsync(runId: end.NewExecutionRunId))[0].WorkflowExecutionStartedEventAttributes;
        Assert.Equal(2, next.Attempt);
        Assert.Equal(ContinueAsNewInitiator.Retry, next.Initiator);
        Assert.Equal("failed", next.ContinuedFailure.Message);
        Assert.Equal("WorkflowExecutionStarted", await session.EventsAsync());
    }
}
