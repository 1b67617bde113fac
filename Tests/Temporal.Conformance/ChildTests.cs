using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Tests.Temporal.Conformance;

public sealed class ChildTests(BothServers servers)
{
    public static TheoryData<ServerKind> Kinds => BothServers.Kinds;

    public static MatrixTheoryData<ServerKind, ParentClosePolicy> Policies { get; } = new MatrixTheoryData<ServerKind, ParentClosePolicy>(
        [ServerKind.Official, ServerKind.Embedded], [ParentClosePolicy.Terminate, ParentClosePolicy.RequestCancel, ParentClosePolicy.Abandon]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Child_Completes_ParentLearnsOfStartAndEnd(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Child(session));
        await session.EventAsync(EventType.ChildWorkflowExecutionStarted);

        // Both tasks wait on one queue.
        foreach (var task in new[] { await session.PollAsync(), await session.PollAsync() })
        {
            await session.CompleteAsync(task, task.WorkflowType.Name == "Child" ? [Commands.Complete()] : []);
        }

        var end = (await session.EventAsync(EventType.ChildWorkflowExecutionCompleted)).ChildWorkflowExecutionCompletedEventAttributes;
        Assert.Equal(Commands.Text("done"), end.Result);
        var events = await session.HistoryAsync();
        Assert.Equal(EventType.StartChildWorkflowExecutionInitiated, events[(int)end.InitiatedEventId - 1].EventType);
        Assert.Equal(EventType.ChildWorkflowExecutionStarted, events[(int)end.StartedEventId - 1].EventType);
        var started = (await session.HistoryAsync(Commands.ChildId(session)))[0].WorkflowExecutionStartedEventAttributes;
        Assert.Equal(session.Id, started.ParentWorkflowExecution.WorkflowId);
        Assert.Equal(session.Id, started.RootWorkflowExecution.WorkflowId);
        Assert.Equal(end.InitiatedEventId, started.ParentInitiatedEventId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Child_IdIsTaken_FailsToStart(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync(request => request.TaskQueue.Name += "-other", Commands.ChildId(session));

        await session.BeginAsync(Commands.Child(session));

        var failed = (await session.EventAsync(EventType.StartChildWorkflowExecutionFailed)).StartChildWorkflowExecutionFailedEventAttributes;
        Assert.Equal(StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists, failed.Cause);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Parent_Closes_PolicyDecidesOverTheChild(ServerKind kind, ParentClosePolicy policy)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Child(session, policy));
        await session.EventAsync(EventType.ChildWorkflowExecutionStarted);

        await session.TerminateAsync();

        var child = Commands.ChildId(session);
        switch (policy)
        {
            case ParentClosePolicy.Terminate:
                await session.EventAsync(EventType.WorkflowExecutionTerminated, child);
                break;
            case ParentClosePolicy.RequestCancel:
                var request = (await session.EventAsync(EventType.WorkflowExecutionCancelRequested, child)).WorkflowExecutionCancelRequestedEventAttributes;
                Assert.Equal(session.Id, request.ExternalWorkflowExecution.WorkflowId);
                Assert.Equal(WorkflowExecutionStatus.Running, await session.StatusAsync(child));
                break;
            default:
                Assert.Equal("WorkflowExecutionStarted WorkflowTaskScheduled", await session.EventsAsync(child));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Child_IsTerminated_ParentLearnsIt(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Child(session));
        await session.EventAsync(EventType.ChildWorkflowExecutionStarted);

        await session.TerminateAsync(Commands.ChildId(session));

        await session.EventAsync(EventType.ChildWorkflowExecutionTerminated);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task External_TargetRuns_IsSignaledAndCanceled(ServerKind kind)
    {
        var session = servers.Open(kind);
        var target = $"{session.Id}-target";
        await session.StartAsync(request => request.TaskQueue.Name += "-other", target);

        await session.BeginAsync(Commands.SignalExternal(target), Commands.CancelExternal(target));

        await session.EventAsync(EventType.ExternalWorkflowExecutionSignaled);
        await session.EventAsync(EventType.ExternalWorkflowExecutionCancelRequested);
        var signal = (await session.EventAsync(EventType.WorkflowExecutionSignaled, target)).WorkflowExecutionSignaledEventAttributes;
        Assert.Equal("external", signal.SignalName);
        Assert.Equal(session.Id, signal.ExternalWorkflowExecution.WorkflowId);
        await session.EventAsync(EventType.WorkflowExecutionCancelRequested, target);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task External_TargetIsMissing_Fails(ServerKind kind)
    {
        var session = servers.Open(kind);

        await session.BeginAsync(Commands.SignalExternal($"{session.Id}-none"), Commands.CancelExternal($"{session.Id}-none"));

        var signal = (await session.EventAsync(EventType.SignalExternalWorkflowExecutionFailed)).SignalExternalWorkflowExecutionFailedEventAttributes;
        Assert.Equal(SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound, signal.Cause);
        var cancel = (await session.EventAsync(EventType.RequestCancelExternalWorkflowExecutionFailed)).RequestCancelExternalWorkflowExecutionFailedEventAttributes;
        Assert.Equal(CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound, cancel.Cause);
    }
}
