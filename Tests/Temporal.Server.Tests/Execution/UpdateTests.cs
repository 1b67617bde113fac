using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

/// <summary>Updates whose worker, server or workflow goes away at a bad moment.</summary>
public sealed class UpdateTests
{
    private const string Sticky = "sticky";

    [Fact]
    public Task Signal_SpeculativeTaskWaitsOnDeadStickyQueue_TaskComesToTheNormalQueue() =>
        AssertTaskComesToTheNormalQueueAsync(async server =>
        {
            await server.AdvanceAsync(TimeSpan.FromSeconds(1));
            await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal("a", "s"));
            for (var minute = 0; minute < 10; minute++)
            {
                await server.AdvanceAsync(TimeSpan.FromMinutes(1));
            }
        });

    [Fact]
    public Task Update_SpeculativeTaskWaitsOnDeadStickyQueue_TaskComesToTheNormalQueue() =>
        AssertTaskComesToTheNormalQueueAsync(server => server.AdvanceAsync(TimeSpan.FromMinutes(1)));

    private static async Task AssertTaskComesToTheNormalQueueAsync(Func<TestEngine, Task> whileItWaits)
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        await LeaveOnDeadStickyQueueAsync(server);

        using var giveUp = new CancellationTokenSource();
        var update = server.CallAsync<UpdateWorkflowExecutionResponse>(Update("a", "u"), giveUp.Token);
        await server.SettleAsync();
        await whileItWaits(server);

        var task = await server.PollWorkflowAsync();
        await giveUp.CancelAsync();
        await Record.ExceptionAsync(() => update);
        Assert.NotNull(task);
    }

    [Fact]
    public async Task PollUpdate_AcceptedButRunClosedThenRestarted_HasOutcome()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        using var giveUp = new CancellationTokenSource();
        var update = server.CallAsync<UpdateWorkflowExecutionResponse>(Update("a", "u"), giveUp.Token);
        await server.SettleAsync();
        var task = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Accepting(task!, Requests.CompleteWorkflow()));
        await update;
        Assert.NotNull((await PollUpdateAsync(server)).Outcome);

        await server.RestartAsync();

        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var poll = PollUpdateAsync(server);
        await server.SettleAsync();
        await server.AdvanceAsync(TimeSpan.FromSeconds(21));
        Assert.NotNull((await poll.WaitAsync(deadline.Token)).Outcome);
    }

    [Fact]
    public async Task CompleteTask_ServerRestartedMeanwhile_AcceptanceIsInTheHistory()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        using var giveUp = new CancellationTokenSource();
        var update = server.CallAsync<UpdateWorkflowExecutionResponse>(Update("a", "u"), giveUp.Token);
        await server.SettleAsync();
        var task = await server.PollWorkflowAsync();
        Assert.Single(task!.Messages);
        await giveUp.CancelAsync();
        await Record.ExceptionAsync(() => update);

        await server.RestartAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Accepting(task, Requests.Activity("of the update's handler")));

        var history = await server.HistoryAsync("a");
        Assert.Contains(history, e => e.EventType == EventType.ActivityTaskScheduled);
        Assert.Contains(history, e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
    }

    [Fact]
    public async Task PollUpdate_OutcomeIsNotOnDiskYet_DoesNotAnswer()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var update = server.CallAsync<UpdateWorkflowExecutionResponse>(Update("a", "u"));
        await server.SettleAsync();
        var task = (await server.PollWorkflowAsync())!;
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Accepting(task));
        await update;
        await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal("a", "s"));
        var second = (await server.PollWorkflowAsync())!;
        await server.SettleAsync();

        using var disk = new ManualResetEventSlim();
        using var diskHeld = new ManualResetEventSlim();
        using var loop = new ManualResetEventSlim();
        var write = server.Engine.Commits.WriteAsync(_ =>
        {
            diskHeld.Set();
            disk.Wait();
        });
        diskHeld.Wait(TestContext.Current.CancellationToken);
        server.Engine.Shard.Post(loop.Wait);
        var poll = PollUpdateAsync(server);
        var complete = server.CallAsync<RespondWorkflowTaskCompletedResponse>(Saying(second, "complete", new Response
        {
            Meta = new() { UpdateId = "u" },
            Outcome = new() { Success = Requests.Payloads("x") },
        }, "u"));
        loop.Set();
        for (var round = 0; round < 20; round++)
        {
            var passed = new TaskCompletionSource();
            server.Engine.Shard.Post(passed.SetResult);
            await passed.Task;
        }

        var early = poll.IsCompleted;
        var completed = complete.IsCompleted;
        disk.Set();
        await write;
        await complete;
        Assert.NotNull((await poll).Outcome);
        Assert.False(completed);
        Assert.False(early, "the outcome was told before it was on disk");
    }

    /// <summary>A worker does its first task, polls the queue of its own, and is killed.</summary>
    private static async Task LeaveOnDeadStickyQueueAsync(TestEngine server)
    {
        var first = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(WithSticky(Requests.Complete(first!)));
        Assert.Null(await server.PollWorkflowAsync(Sticky));
    }

    private static RespondWorkflowTaskCompletedRequest WithSticky(RespondWorkflowTaskCompletedRequest request)
    {
        request.StickyAttributes = new()
        {
            WorkerTaskQueue = new() { Name = Sticky, Kind = TaskQueueKind.Sticky, NormalName = TestEngine.Queue },
            ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        };
        return request;
    }

    private static UpdateWorkflowExecutionRequest Update(string workflowId, string updateId) => new()
    {
        Namespace = TestEngine.Namespace,
        WorkflowExecution = new() { WorkflowId = workflowId },
        WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Accepted },
        Request = new() { Meta = new() { UpdateId = updateId }, Input = new() { Name = "update" } },
    };

    private static RespondWorkflowTaskCompletedRequest Accepting(PollWorkflowTaskQueueResponse task, params Command[] others)
    {
        var message = task.Messages[0];
        var request = Requests.Complete(
            task,
            new[]
            {
                new Command
                {
                    CommandType = CommandType.ProtocolMessage,
                    ProtocolMessageCommandAttributes = new() { MessageId = message.Id + "/accept" },
                },
            }.Concat(others));
        request.Messages.Add(new Message
        {
            Id = message.Id + "/accept",
            ProtocolInstanceId = message.ProtocolInstanceId,
            Body = Any.Pack(new Acceptance
            {
                AcceptedRequestMessageId = message.Id,
                AcceptedRequestSequencingEventId = message.EventId,
                AcceptedRequest = message.Body.Unpack<Request>(),
            }),
        });
        return request;
    }

    private static Task<PollWorkflowExecutionUpdateResponse> PollUpdateAsync(TestEngine server) =>
        server.CallAsync<PollWorkflowExecutionUpdateResponse>(new PollWorkflowExecutionUpdateRequest
        {
            Namespace = TestEngine.Namespace,
            UpdateRef = new() { WorkflowExecution = new() { WorkflowId = "a" }, UpdateId = "u" },
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
        });

    private static RespondWorkflowTaskCompletedRequest Saying(
        PollWorkflowTaskQueueResponse task, string step, Google.Protobuf.IMessage body, string? instance = null)
    {
        var request = Requests.Complete(task, new Command
        {
            CommandType = CommandType.ProtocolMessage,
            ProtocolMessageCommandAttributes = new() { MessageId = step },
        });
        request.Messages.Add(new Message { Id = step, ProtocolInstanceId = instance ?? task.Messages[0].ProtocolInstanceId, Body = Any.Pack(body) });
        return request;
    }
}
