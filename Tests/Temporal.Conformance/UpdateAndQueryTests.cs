using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance;

public sealed class UpdateAndQueryTests(BothServers servers)
{
    private const string Begun = "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted";

    public static TheoryData<ServerKind> Kinds => BothServers.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_IsRejected_LeavesNothing(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var update = UpdateAsync(session, "rejected");
        var task = await session.PollAsync();
        var message = Assert.Single(task.Messages);
        Assert.Equal("rejected/request", message.Id);

        var reply = await session.CompleteAsync(task, request => request.Messages.Add(new Message
        {
            Id = "reply",
            ProtocolInstanceId = message.ProtocolInstanceId,
            Body = Any.Pack(new Rejection
            {
                RejectedRequestMessageId = message.Id,
                RejectedRequest = message.Body.Unpack<Request>(),
                RejectedRequestSequencingEventId = message.EventId,
                Failure = new() { Message = "no" },
            }),
        }));

        Assert.Equal("no", (await update).Outcome.Failure.Message);
        Assert.Equal(3, reply.ResetHistoryEventId);
        Assert.Equal(Begun, await session.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_IsCompleted_IsWrittenAndFoundByItsId(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var update = UpdateAsync(session, "accepted");
        await AcceptAsync(session, await session.PollAsync());

        Assert.Equal(Commands.Text("yes"), (await update).Outcome.Success);
        Assert.Equal(
            $"{Begun} WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted WorkflowExecutionUpdateAccepted WorkflowExecutionUpdateCompleted",
            await session.EventsAsync());
        Assert.Equal(Commands.Text("yes"), (await UpdateAsync(session, "accepted")).Outcome.Success);
        var polled = await session.Service.PollWorkflowExecutionUpdateAsync(
            new()
            {
                Namespace = Session.Namespace,
                UpdateRef = new() { WorkflowExecution = session.Execution, UpdateId = "accepted" },
                WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
            },
            Session.Once);
        Assert.Equal(Commands.Text("yes"), polled.Outcome.Success);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_SignalComesToo_TaskBecomesOrdinary(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var update = UpdateAsync(session, "with-signal");
        var task = await session.PollAsync();
        await session.SignalAsync();
        Assert.Equal($"{Begun} WorkflowTaskScheduled WorkflowTaskStarted", await session.EventsAsync());

        await AcceptAsync(session, task);
        await update;

        Assert.EndsWith("WorkflowExecutionUpdateAccepted WorkflowExecutionUpdateCompleted WorkflowExecutionSignaled WorkflowTaskScheduled", await session.EventsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_NoWorker_TaskIsWrittenAfterAWhile(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var update = UpdateAsync(session, "waits");

        await session.EventAsync(EventType.WorkflowTaskTimedOut);

        Assert.Equal($"{Begun} WorkflowTaskScheduled WorkflowTaskTimedOut WorkflowTaskScheduled", await session.EventsAsync());
        await AcceptAsync(session, await session.PollAsync());
        Assert.Equal(Commands.Text("yes"), (await update).Outcome.Success);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_OfNoUse_IsRefused(ServerKind kind)
    {
        var session = servers.Open(kind);
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => UpdateAsync(session, "none")));
        await session.BeginAsync(Commands.Complete());
        Assert.Equal(RpcException.StatusCode.NotFound, await Session.RefusalAsync(() => UpdateAsync(session, "late")));
        Assert.Equal(
            RpcException.StatusCode.PermissionDenied,
            await Session.RefusalAsync(() => UpdateAsync(session, "admitted", UpdateWorkflowExecutionLifecycleStage.Admitted)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_IdleWorkflow_IsAnsweredAlone(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var query = QueryAsync(session);
        var task = await session.PollAsync();
        Assert.Equal("question", task.Query.QueryType);
        Assert.Equal(session.Queue, task.WorkflowExecutionTaskQueue.Name);
        Assert.Equal(Begun, Session.Line(task.History.Events));
        await session.Service.RespondQueryTaskCompletedAsync(
            new() { Namespace = Session.Namespace, TaskToken = task.TaskToken, CompletedType = QueryResultType.Answered, QueryResult = Commands.Text("answer") },
            Session.Once);

        Assert.Equal(Commands.Text("answer"), (await query).QueryResult);
        Assert.Equal(Begun, await session.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_Fails_CallerIsTold(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var query = QueryAsync(session);
        var task = await session.PollAsync();
        await session.Service.RespondQueryTaskCompletedAsync(
            new() { Namespace = Session.Namespace, TaskToken = task.TaskToken, CompletedType = QueryResultType.Failed, ErrorMessage = "no such question" },
            Session.Once);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => query);

        Assert.Equal(RpcException.StatusCode.InvalidArgument, refusal.Code);
        Assert.Equal("no such question", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Query_WorkflowIsClosed_ConditionRejects(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Complete());

        var reply = await QueryAsync(session, QueryRejectCondition.NotOpen);

        Assert.Equal(WorkflowExecutionStatus.Completed, reply.QueryRejected.Status);
    }

    private static Task<UpdateWorkflowExecutionResponse> UpdateAsync(
        Session session, string id, UpdateWorkflowExecutionLifecycleStage stage = UpdateWorkflowExecutionLifecycleStage.Completed) =>
        session.Service.UpdateWorkflowExecutionAsync(
            new()
            {
                Namespace = Session.Namespace,
                WorkflowExecution = session.Execution,
                WaitPolicy = new() { LifecycleStage = stage },
                Request = new() { Meta = new() { UpdateId = id }, Input = new() { Name = "update" } },
            },
            Session.Once);

    private static Task<QueryWorkflowResponse> QueryAsync(Session session, QueryRejectCondition condition = QueryRejectCondition.None) =>
        session.Service.QueryWorkflowAsync(
            new() { Namespace = Session.Namespace, Execution = session.Execution, Query = new() { QueryType = "question" }, QueryRejectCondition = condition },
            Session.Once);

    private static Task<RespondWorkflowTaskCompletedResponse> AcceptAsync(Session session, PollWorkflowTaskQueueResponse task)
    {
        var message = Assert.Single(task.Messages);
        var request = message.Body.Unpack<Request>();
        return session.CompleteAsync(
            task,
            reply => reply.Messages.AddRange(
            [
                new Message
                {
                    Id = "accept",
                    ProtocolInstanceId = message.ProtocolInstanceId,
                    Body = Any.Pack(new Acceptance { AcceptedRequestMessageId = message.Id, AcceptedRequest = request, AcceptedRequestSequencingEventId = message.EventId }),
                },
                new Message
                {
                    Id = "complete",
                    ProtocolInstanceId = message.ProtocolInstanceId,
                    Body = Any.Pack(new Response { Meta = request.Meta, Outcome = new() { Success = Commands.Text("yes") } }),
                },
            ]),
            Protocol("accept"),
            Protocol("complete"));
    }

    private static Command Protocol(string message) =>
        new() { CommandType = CommandType.ProtocolMessage, ProtocolMessageCommandAttributes = new() { MessageId = message } };
}
