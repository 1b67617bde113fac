using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Tests.Support;
using Temporalio.Tests.Worker;
using Temporalio.Worker;

namespace Temporalio.Tests.Client;

public sealed class TemporalClientTests(DevServer server)
{
    [Fact]
    public async Task SignalQueryUpdate_OfRunningWorkflow_ReachIt()
    {
        await WithWorkerAsync(async (client, queue) =>
        {
            var handle = await client.StartWorkflowAsync((Collector workflow) => workflow.RunAsync("a"), new(Unique.Name("workflow"), queue));
            await handle.SignalAsync(workflow => workflow.AddAsync("b"));
            Assert.Equal(["a", "b"], await handle.QueryAsync(workflow => workflow.Items));
            var rejected = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(workflow => workflow.EndAsync("")));
            Assert.Equal("Nothing to add", rejected.InnerException!.Message);
            Assert.Equal(3, await handle.ExecuteUpdateAsync(workflow => workflow.EndAsync("c")));
            Assert.Equal("a,b,c", await handle.GetResultAsync());
            Assert.Equal(WorkflowExecutionStatus.Completed, (await handle.DescribeAsync()).Status);
        });
    }

    [Fact]
    public async Task GetResultAsync_OfWorkflowThatContinuesAsNew_FollowsTheRunsOrNamesTheNext()
    {
        await WithWorkerAsync(async (client, queue) =>
        {
            var handle = await client.StartWorkflowAsync((Countdown workflow) => workflow.RunAsync(2), new(Unique.Name("workflow"), queue));
            Assert.Equal("done", await handle.GetResultAsync());
            var continued = await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false));
            Assert.NotEqual(handle.ResultRunId, continued.NewRunId);
        });
    }

    [Fact]
    public async Task StartWorkflowAsync_WithIdThatRuns_ThrowsAlreadyStarted()
    {
        var client = await server.ConnectAsync();
        var options = new WorkflowOptions(Unique.Name("workflow"), Unique.Name("queue"));
        var handle = await client.StartWorkflowAsync("Any", [], options);

        var failure = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => client.StartWorkflowAsync("Any", [], options));

        Assert.Equal(handle.Id, failure.WorkflowId);
        Assert.Equal(handle.ResultRunId, failure.RunId);
        await handle.TerminateAsync();
    }

    [Fact]
    public async Task TerminateAsync_WithReason_FailsTheResultWithIt()
    {
        var client = await server.ConnectAsync();
        var handle = await client.StartWorkflowAsync("Any", [], new(Unique.Name("workflow"), Unique.Name("queue")));

        await handle.TerminateAsync("enough");

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.Equal("enough", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
    }

    [Fact]
    public async Task SignalWithStart_Twice_StartsOneWorkflowWithBothSignals()
    {
        await WithWorkerAsync(async (client, queue) =>
        {
            var id = Unique.Name("workflow");
            foreach (var item in new[] { "x", "y" })
            {
                var options = new WorkflowOptions(id, queue);
                options.SignalWithStart((Collector workflow) => workflow.AddAsync(item));
                await client.StartWorkflowAsync((Collector workflow) => workflow.RunAsync("first"), options);
            }
            var items = await client.GetWorkflowHandle<Collector>(id).QueryAsync(workflow => workflow.Items);
            Assert.Equal(["first", "x", "y"], items);
            await client.GetWorkflowHandle(id).TerminateAsync();
        });
    }

    [Fact]
    public async Task FetchHistoryAsync_OfWorkflow_GivesItsEventsInOrder()
    {
        var client = await server.ConnectAsync();
        var handle = await client.StartWorkflowAsync("Any", [], new(Unique.Name("workflow"), Unique.Name("queue")));
        await handle.SignalAsync("Hello", [1]);
        await handle.TerminateAsync();

        var history = await handle.FetchHistoryAsync();

        Assert.Equal(
            [EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowExecutionSignaled, EventType.WorkflowExecutionTerminated],
            history.Events.Select(item => item.EventType));
    }

    [Fact]
    public async Task DescribeAsync_OfUnknownWorkflow_ThrowsNotFound()
    {
        var client = await server.ConnectAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.GetWorkflowHandle(Unique.Name("none")).DescribeAsync());

        Assert.Equal(RpcException.StatusCode.NotFound, failure.Code);
    }

    [Fact]
    public async Task ConnectAsync_WithoutServer_Throws()
    {
        var options = new TemporalClientConnectOptions("127.0.0.1:1") { RpcRetry = new() { MaxRetries = 1 } };

        await Assert.ThrowsAsync<InvalidOperationException>(() => TemporalClient.ConnectAsync(options));
    }

    private async Task WithWorkerAsync(Func<TemporalClient, string, Task> test)
    {
        var client = await server.ConnectAsync();
        var queue = Unique.Name("queue");
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<Collector>().AddWorkflow<Countdown>());
        await worker.ExecuteAsync(() => test(client, queue));
    }
}
