using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

public sealed class TaskQueueTests
{
    [Fact]
    public async Task DescribeTaskQueue_TasksWait_ReportsCountAndAge()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        await server.AdvanceAsync(TimeSpan.FromSeconds(5));
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("b"));

        var waiting = await StatsAsync(server);
        Assert.Equal(2, waiting.ApproximateBacklogCount);
        Assert.Equal(5, waiting.ApproximateBacklogAge.Seconds);
        Assert.True(waiting.TasksAddRate > 0);
        Assert.Equal(0, waiting.TasksDispatchRate);

        await server.PollWorkflowAsync();
        await server.PollWorkflowAsync();

        var taken = await StatsAsync(server);
        Assert.Equal(0, taken.ApproximateBacklogCount);
        Assert.True(taken.TasksDispatchRate > 0);
    }

    [Fact]
    public async Task ShutdownWorker_OnePollerOfTwo_OnlyItsPollEnds()
    {
        await using var server = await TestEngine.StartAsync();
        using var giveUp = new CancellationTokenSource();
        var ending = server.CallAsync<PollActivityTaskQueueResponse>(Poll("ends"), giveUp.Token);
        var staying = server.CallAsync<PollActivityTaskQueueResponse>(Poll("stays"), giveUp.Token);
        await server.SettleAsync();

        await server.CallAsync<ShutdownWorkerResponse>(new ShutdownWorkerRequest
        {
            Namespace = TestEngine.Namespace,
            Identity = TestEngine.Worker,
            TaskQueue = TestEngine.Queue,
            WorkerInstanceKey = "ends",
            WorkerHeartbeat = new() { WorkerInstanceKey = "ends", Status = WorkerStatus.Shutdown },
        });

        Assert.True((await ending).TaskToken.IsEmpty);
        Assert.True((await server.CallAsync<PollActivityTaskQueueResponse>(Poll("ends"))).TaskToken.IsEmpty);
        Assert.False(staying.IsCompleted);
        var listed = await server.CallAsync<ListWorkersResponse>(new ListWorkersRequest { Namespace = TestEngine.Namespace });
        Assert.Equal(WorkerStatus.Shutdown, Assert.Single(listed.Workers).Status);
        await giveUp.CancelAsync();
        await staying;
    }

    [Fact]
    public async Task Poll_EndsWhileStartIsBeingWritten_ActivityIsNotLost()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, Requests.Activity("once", maximumAttempts: 1)));
        await server.SettleAsync();

        var slot = new PollSlot<PollActivityTaskQueueResponse>("worker", string.Empty, false, CancellationToken.None);
        server.Engine.Shard.Post(() =>
        {
            var queues = server.Engine.Workflows.ActivityQueues;
            queues.Poll(TestEngine.Namespace, TestEngine.Queue, slot);
            // The poll's 60 seconds end here.
            queues.Cancel(TestEngine.Namespace, TestEngine.Queue, slot);
        });
        await server.SettleAsync();

        Assert.NotNull(await slot.Answer);
    }

    [Fact]
    public async Task TaskQueue_RunsEndBeforeAnybodyPolls_QueueForgetsThem()
    {
        await using var server = await TestEngine.StartAsync();
        for (var i = 0; i < 300; i++)
        {
            await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start($"w{i}"));
            await server.CallAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate($"w{i}"));
        }

        var waiting = await server.Engine.Shard.ExecuteAsync(_ => server.Engine.Workflows.WorkflowQueues.Backlog(TestEngine.Namespace, TestEngine.Queue));
        Assert.InRange(waiting, 0, 100);
    }

    [Fact]
    public async Task TaskQueue_StickyQueueOfDeadWorker_IsForgotten()
    {
        await using var server = await TestEngine.StartAsync();
        for (var i = 0; i < 150; i++)
        {
            Assert.Null(await server.PollWorkflowAsync($"sticky-{i}"));
            await server.AdvanceAsync(TimeSpan.FromMinutes(10));
        }

        Assert.InRange(await server.Engine.Shard.ExecuteAsync(_ => server.Engine.Workflows.WorkflowQueues.Count), 1, 100);
    }

    private static PollActivityTaskQueueRequest Poll(string worker) => new()
    {
        Namespace = TestEngine.Namespace,
        Identity = TestEngine.Worker,
        TaskQueue = new() { Name = TestEngine.Queue },
        WorkerInstanceKey = worker,
    };

    private static async Task<Temporalio.Api.TaskQueue.V1.TaskQueueStats> StatsAsync(TestEngine server) =>
        (await server.CallAsync<DescribeTaskQueueResponse>(new DescribeTaskQueueRequest
        {
            Namespace = TestEngine.Namespace,
            TaskQueue = new() { Name = TestEngine.Queue },
            TaskQueueType = TaskQueueType.Workflow,
            ReportStats = true,
        })).Stats;
}
