using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance;

public sealed class WorkflowTaskTests(BothServers servers)
{
    public static TheoryData<ServerKind> Kinds => BothServers.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Signal_TaskInWork_IsWrittenAfterItsEnd(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();
        var task = await session.PollAsync();
        await session.SignalAsync(requestId: "once");
        await session.SignalAsync(requestId: "once");
        Assert.Equal("WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted", await session.EventsAsync());

        await session.CompleteAsync(task, Commands.Timer("t", 600));

        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted TimerStarted WorkflowExecutionSignaled WorkflowTaskScheduled",
            await session.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Complete_ClosesOverASignal_IsRefusedAndTriedAgain(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();
        var task = await session.PollAsync();
        await session.SignalAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => session.CompleteAsync(task, Commands.Complete()));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, refusal.Code);
        Assert.Equal("UnhandledCommand", refusal.Message);
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionSignaled WorkflowTaskScheduled",
            await session.EventsAsync());
        var again = await session.PollAsync();
        Assert.Equal(1, again.Attempt);
        Assert.Equal(RpcException.StatusCode.ResourceExhausted, await Session.RefusalAsync(() => session.SignalAsync()));
        await session.CompleteAsync(again, Commands.Complete());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Fail_FirstAttempt_FurtherOnesAreTransient(ServerKind kind)
    {
        const string Failed = "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed";
        var session = servers.Open(kind);
        await session.StartAsync();
        await session.FailTaskAsync(await session.PollAsync());
        Assert.Equal(Failed, await session.EventsAsync());

        var second = await session.PollAsync();
        Assert.Equal(2, second.Attempt);
        Assert.Equal($"{Failed} WorkflowTaskScheduled WorkflowTaskStarted", Session.Line(second.History.Events));
        Assert.Equal(Failed, await session.EventsAsync());
        await session.FailTaskAsync(second);

        var third = await session.PollAsync();
        Assert.Equal(3, third.Attempt);
        Assert.Equal(Failed, await session.EventsAsync());
        await session.CompleteAsync(third);
        Assert.Equal($"{Failed} WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted", await session.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Task_IsNotAnswered_TimesOutAndItsTokenIsStale(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync(request => request.WorkflowTaskTimeout = Session.Seconds(1));
        var first = await session.PollAsync();

        var second = await session.PollAsync();

        Assert.Equal(2, second.Attempt);
        Assert.Equal("WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskTimedOut", await session.EventsAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => session.CompleteAsync(first)));
        await session.CompleteAsync(second, Commands.Complete());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Complete_CommandIsWrong_TaskFailsWithItsCause(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();

        Assert.Equal(
            RpcException.StatusCode.InvalidArgument,
            await Session.RefusalAsync(async () => await session.CompleteAsync(await session.PollAsync(), Commands.Timer("", 1))));
        var failed = await session.EventAsync(EventType.WorkflowTaskFailed);
        Assert.Equal(WorkflowTaskFailedCause.BadStartTimerAttributes, failed.WorkflowTaskFailedEventAttributes.Cause);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sticky_WorkerPolls_GetsOnlyWhatIsNew(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();
        var waiting = await session.BeginPollStickyAsync();
        var first = await session.PollAsync();
        await session.CompleteAsync(first, request => request.StickyAttributes = Sticky(session, 600));
        await session.SignalAsync();

        var next = await waiting;

        Assert.Equal("WorkflowTaskCompleted WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowTaskStarted", Session.Line(next.History.Events));
        Assert.Equal(first.StartedEventId, next.PreviousStartedEventId);
        Assert.Equal(session.Queue, next.WorkflowExecutionTaskQueue.Name);
        await session.CompleteAsync(next, Commands.Complete());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sticky_WorkerIsSilent_TaskGoesToTheNormalQueue(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();
        var poll = await session.BeginPollStickyAsync();
        await session.CompleteAsync(await session.PollAsync(), request => request.StickyAttributes = Sticky(session, 600));
        await session.SignalAsync();
        await session.FailTaskAsync(await poll);
        await session.CompleteAsync(await session.PollAsync(), request => request.StickyAttributes = Sticky(session, 1));
        await session.SignalAsync();

        var task = await session.PollAsync();

        Assert.Equal(1, task.History.Events[0].EventId);
        await session.CompleteAsync(task, Commands.Complete());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Timers_FireAndAreCanceled(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Timer("short", 1), Commands.Timer("long", 600));

        var task = await session.PollAsync();
        await session.CompleteAsync(task, Commands.CancelTimer("long"), Commands.Complete());

        Assert.EndsWith("TimerFired WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted TimerCanceled WorkflowExecutionCompleted", await session.EventsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Terminate_TaskInWork_FlushesWhatWaits(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();
        var task = await session.PollAsync();
        await session.SignalAsync();

        await session.TerminateAsync();

        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionSignaled WorkflowExecutionTerminated",
            await session.EventsAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => session.CompleteAsync(task)));
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => session.TerminateAsync()));
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => session.SignalAsync()));
        await session.CancelAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RequestCancel_Twice_IsWrittenOnce(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        await session.CancelAsync();
        await session.CancelAsync();
        await session.CompleteAsync(await session.PollAsync(), Commands.Cancel());

        Assert.Single(await session.HistoryAsync(), e => e.EventType == EventType.WorkflowExecutionCancelRequested);
        Assert.Equal(WorkflowExecutionStatus.Canceled, await session.StatusAsync());
    }

    private static Temporalio.Api.TaskQueue.V1.StickyExecutionAttributes Sticky(Session session, double seconds) => new()
    {
        WorkerTaskQueue = new() { Name = session.Sticky, Kind = TaskQueueKind.Sticky, NormalName = session.Queue },
        ScheduleToStartTimeout = Session.Seconds(seconds),
    };
}
