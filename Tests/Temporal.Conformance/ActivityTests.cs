using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance;

public sealed class ActivityTests(BothServers servers)
{
    private const string Begun = "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted ActivityTaskScheduled";

    public static TheoryData<ServerKind> Kinds => BothServers.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Fail_AttemptsLeft_IsTriedAgainWithoutEvents(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session));
        var first = await session.PollActivityAsync();
        await session.Service.RecordActivityTaskHeartbeatAsync(
            new() { Namespace = Session.Namespace, TaskToken = first.TaskToken, Details = Commands.Text("half") }, Session.Once);
        await FailAsync(session, first);

        var second = await session.PollActivityAsync();
        Assert.Equal(2, second.Attempt);
        Assert.Equal(Commands.Text("half"), second.HeartbeatDetails);
        Assert.Equal(Begun, await session.EventsAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => FailAsync(session, first)));
        var pending = Assert.Single((await session.DescribeAsync()).PendingActivities);
        Assert.Equal("failed", pending.LastFailure.Message);
        Assert.Equal(PendingActivityState.Started, pending.State);
        await FailAsync(session, second);

        Assert.Equal($"{Begun} ActivityTaskStarted ActivityTaskFailed WorkflowTaskScheduled", await session.EventsAsync());
        var events = await session.HistoryAsync();
        Assert.Equal(RetryState.MaximumAttemptsReached, events[6].ActivityTaskFailedEventAttributes.RetryState);
        Assert.Equal(2, events[5].ActivityTaskStartedEventAttributes.Attempt);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Complete_ByToken_AndById(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session), Commands.Activity(session, activity => activity.ActivityId = "other"));
        await session.PollActivityAsync();
        await session.PollActivityAsync();
        foreach (var id in new[] { "activity", "other" })
        {
            await session.Service.RespondActivityTaskCompletedByIdAsync(
                new() { Namespace = Session.Namespace, WorkflowId = session.Id, ActivityId = id, Result = Commands.Text("done") }, Session.Once);
        }

        Assert.EndsWith("ActivityTaskStarted ActivityTaskCompleted WorkflowTaskScheduled ActivityTaskStarted ActivityTaskCompleted", await session.EventsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Attempt_TakesTooLong_TimesOut(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session, activity =>
        {
            activity.StartToCloseTimeout = Session.Seconds(1);
            activity.RetryPolicy.MaximumAttempts = 1;
        }));
        await session.PollActivityAsync();

        var end = (await session.EventAsync(EventType.ActivityTaskTimedOut)).ActivityTaskTimedOutEventAttributes;

        Assert.Equal(TimeoutType.StartToClose, end.Failure.TimeoutFailureInfo.TimeoutType);
        Assert.Equal(RetryState.MaximumAttemptsReached, end.RetryState);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Attempt_DoesNotBeat_IsTriedAgain(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session, activity => activity.HeartbeatTimeout = Session.Seconds(1)));
        await session.PollActivityAsync();

        var second = await session.PollActivityAsync();

        Assert.Equal(2, second.Attempt);
        var failure = Assert.Single((await session.DescribeAsync()).PendingActivities).LastFailure;
        Assert.Equal(TimeoutType.Heartbeat, failure.TimeoutFailureInfo.TimeoutType);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Activity_NobodyPolls_ScheduleToStartTimesOut(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session, activity => activity.ScheduleToStartTimeout = Session.Seconds(1)));

        var end = (await session.EventAsync(EventType.ActivityTaskTimedOut)).ActivityTaskTimedOutEventAttributes;

        Assert.Equal(TimeoutType.ScheduleToStart, end.Failure.TimeoutFailureInfo.TimeoutType);
        Assert.Equal(0, end.StartedEventId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancel_NotStarted_IsCanceledAtOnce(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session));
        await session.SignalAsync();
        await session.CompleteAsync(await session.PollAsync(), Commands.CancelActivity(5));

        Assert.EndsWith("ActivityTaskCancelRequested ActivityTaskCanceled WorkflowTaskScheduled", await session.EventsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancel_Started_IsToldByHeartbeat(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session));
        var attempt = await session.PollActivityAsync();
        Assert.Equal(RpcException.StatusCode.InvalidArgument, await Session.RefusalAsync(() => CanceledAsync(session, attempt)));
        await session.SignalAsync();
        await session.CompleteAsync(await session.PollAsync(), Commands.CancelActivity(5));

        var reply = await session.Service.RecordActivityTaskHeartbeatAsync(new() { Namespace = Session.Namespace, TaskToken = attempt.TaskToken }, Session.Once);
        Assert.True(reply.CancelRequested);
        await CanceledAsync(session, attempt);
        Assert.EndsWith("ActivityTaskCancelRequested ActivityTaskStarted ActivityTaskCanceled WorkflowTaskScheduled", await session.EventsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancel_UnknownActivity_FailsTheTask(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync();

        Assert.Equal(
            RpcException.StatusCode.InvalidArgument,
            await Session.RefusalAsync(async () => await session.CompleteAsync(await session.PollAsync(), Commands.CancelActivity(999))));
        var failed = await session.EventAsync(EventType.WorkflowTaskFailed);
        Assert.Equal(WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, failed.WorkflowTaskFailedEventAttributes.Cause);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Complete_WorkflowTaskInWork_EndIsWrittenAfterSignals(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Activity(session));
        var attempt = await session.PollActivityAsync();
        await session.SignalAsync();
        var task = await session.PollAsync();
        await session.Service.RespondActivityTaskCompletedAsync(new() { Namespace = Session.Namespace, TaskToken = attempt.TaskToken }, Session.Once);
        await session.SignalAsync();
        await session.CompleteAsync(task);

        Assert.EndsWith(
            "WorkflowTaskCompleted ActivityTaskStarted WorkflowExecutionSignaled ActivityTaskCompleted WorkflowTaskScheduled", await session.EventsAsync(), StringComparison.Ordinal);
        var events = await session.HistoryAsync();
        Assert.Equal(events[^4].EventId, events[^2].ActivityTaskCompletedEventAttributes.StartedEventId);
    }

    private static Task<RespondActivityTaskFailedResponse> FailAsync(Session session, PollActivityTaskQueueResponse attempt) =>
        session.Service.RespondActivityTaskFailedAsync(
            new() { Namespace = Session.Namespace, TaskToken = attempt.TaskToken, Failure = new() { Message = "failed", ApplicationFailureInfo = new() { Type = "T" } } },
            Session.Once);

    private static Task<RespondActivityTaskCanceledResponse> CanceledAsync(Session session, PollActivityTaskQueueResponse attempt) =>
        session.Service.RespondActivityTaskCanceledAsync(new() { Namespace = Session.Namespace, TaskToken = attempt.TaskToken }, Session.Once);
}
