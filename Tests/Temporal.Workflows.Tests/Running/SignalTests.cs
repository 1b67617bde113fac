using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>Signals.</summary>
public sealed class SignalTests(TemporalServer server) : MailboxTests(server)
{
    [Workflow]
    public class LateHandlerWorkflow
    {
        private readonly List<string> received = [];

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(100);
            Workflow.Signals["late"] = WorkflowSignalDefinition.CreateWithoutAttribute("late", (string letter) =>
            {
                received.Add(letter);
                return Task.CompletedTask;
            });
            await Workflow.WaitConditionAsync(() => received.Count == 3);
            return string.Concat(received);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Signals_ManySent_ArriveInOrderOnceEach(int cached) => RunAsync(
        async (_, handle) =>
        {
            for (var i = 0; i < 20; i++)
            {
                await handle.SignalAsync(w => w.ReceiveAsync($"{i}"));
            }

            await handle.SignalAsync(w => w.FinishAsync());
            Assert.Equal(string.Join(',', Enumerable.Range(0, 20)), await handle.GetResultAsync());
        },
        cached);

    [Fact]
    public Task Signal_WithUnfittingArguments_IsDroppedAndTheWorkflowGoesOn() => RunAsync(async (_, handle) =>
    {
        await handle.SignalAsync("Receive", [new { Not = "a string" }]);
        await handle.SignalAsync("Receive", []);
        await handle.SignalAsync("unknown", []);
        await handle.SignalAsync(w => w.ReceiveAsync("good"));
        await handle.SignalAsync(w => w.FinishAsync());
        Assert.Equal("good", await handle.GetResultAsync());
        var history = await handle.FetchHistoryAsync();
        Assert.DoesNotContain(history.Events, e => e.EventType == EventType.WorkflowTaskFailed);
    });

    [Fact]
    public Task Signals_BeforeTheirHandlerIsRegistered_AreDeliveredThen() => WorkerRun.RunAsync(
        Server,
        options => options.AddWorkflow<LateHandlerWorkflow>(),
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((LateHandlerWorkflow w) => w.RunAsync(), run.NewWorkflow());
            foreach (var letter in "abc")
            {
                await handle.SignalAsync("late", [$"{letter}"]);
            }

            Assert.Equal("abc", await handle.GetResultAsync());
        });
}
