using ImageLibrary.Tests.Temporal.Workflows.Tests.Running;
using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Replaying;

public sealed class ReplayerTests(TemporalServer server)
{
    [Workflow("MailboxWorkflow")]
    public class ShorterWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Task.FromResult("at once");
    }

    [Workflow("MailboxWorkflow")]
    public class LongerWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(1);
            return "later";
        }
    }

    [Fact]
    public async Task ReplayWorkflowAsync_SameAndChangedCode_TellsWhichFits()
    {
        var history = await RunMailboxAsync();
        var replayer = new WorkflowReplayer(
            new WorkflowReplayerOptions().AddWorkflow<MailboxTests.MailboxWorkflow>());
        Assert.Null((await replayer.ReplayWorkflowAsync(history)).ReplayFailure);

        foreach (var changed in new[] { typeof(ShorterWorkflow), typeof(LongerWorkflow) })
        {
            var strict = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow(changed));
            await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => strict.ReplayWorkflowAsync(history));
            var results = await strict.ReplayWorkflowsAsync([history, history]);
            Assert.All(results, result => Assert.IsType<WorkflowNondeterminismException>(result.ReplayFailure));
        }
    }

    [Fact]
    public async Task ReplayWorkflowAsync_HistoryCutAnywhere_Fits()
    {
        var history = await RunMailboxAsync();
        var replayer = new WorkflowReplayer(
            new WorkflowReplayerOptions().AddWorkflow<MailboxTests.MailboxWorkflow>());
        for (var count = 3; count < history.Events.Count; count++)
        {
            var cut = new WorkflowHistory(history.Id, [.. history.Events.Take(count)]);
            var result = await replayer.ReplayWorkflowAsync(cut, throwOnReplayFailure: false);
            Assert.True(result.ReplayFailure == null, $"{count} events: {result.ReplayFailure}");
        }
    }

    [Fact]
    public void FromJson_ShortEnumerationNames_ReadsThem()
    {
        var history = WorkflowHistory.FromJson(
            "id", """{"events":[{"eventId":"1","eventType":"WorkflowExecutionStarted"},{"eventId":2,"eventType":"EVENT_TYPE_TIMER_FIRED"}]}""");
        Assert.Equal(
            [Temporalio.Api.Enums.V1.EventType.WorkflowExecutionStarted, Temporalio.Api.Enums.V1.EventType.TimerFired],
            history.Events.Select(e => e.EventType));
        Assert.ThrowsAny<ArgumentException>(() => WorkflowHistory.FromJson("id", "[]"));
    }

    private async Task<WorkflowHistory> RunMailboxAsync()
    {
        WorkflowHistory? history = null;
        await WorkerRun.RunAsync(
            server,
            options => options.AddWorkflow<MailboxTests.MailboxWorkflow>(),
            async run =>
            {
                var handle = await run.Client.StartWorkflowAsync(
                    (MailboxTests.MailboxWorkflow w) => w.RunAsync(), run.NewWorkflow());
                await handle.SignalAsync(w => w.ReceiveAsync("a"));
                await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(9));
                await handle.SignalAsync(w => w.FinishAsync());
                await handle.GetResultAsync();
                history = await handle.FetchHistoryAsync();
            });
        return WorkflowHistory.FromJson(history!.Id, history.ToJson());
    }
}
