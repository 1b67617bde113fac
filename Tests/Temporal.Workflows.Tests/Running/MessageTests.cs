using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>Signals, queries and updates.</summary>
public sealed class MessageTests(TemporalServer server)
{
    [Workflow]
    public class MailboxWorkflow
    {
        private readonly List<string> received = [];
        private bool isDone;
        private int concurrency = 4;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            Workflow.CurrentDetails = "collecting mail";
            await Workflow.WaitConditionAsync(() => isDone && Workflow.AllHandlersFinished);
            return string.Join(',', received);
        }

        [WorkflowSignal(Description = "Puts a letter into the box")]
        public Task ReceiveAsync(string letter)
        {
            received.Add(letter);
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public async Task FinishAsync()
        {
            await Workflow.DelayAsync(1);
            isDone = true;
        }

        [WorkflowQuery]
        public int Count() => received.Count;

        [WorkflowQuery("letters")]
        public IReadOnlyList<string> Letters => received;

        [WorkflowQuery]
        public int Broken() => throw new InvalidOperationException("no answer");

        [WorkflowUpdate("setConcurrency")]
        public async Task<int> SetConcurrencyAsync(int value)
        {
            var before = concurrency;
            await Workflow.DelayAsync(1);
            concurrency = value;
            received.Add(Workflow.CurrentUpdateInfo!.Name);
            return before;
        }

        [WorkflowUpdateValidator(nameof(SetConcurrencyAsync))]
        public void ValidateSetConcurrency(int value)
        {
            if (value is < 1 or > 64)
            {
                throw new ApplicationFailureException("Concurrency must be from 1 to 64", "OutOfRange");
            }
        }
    }

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

    private Task RunAsync(Func<WorkerRun, WorkflowHandle<MailboxWorkflow, string>, Task> test, int cached = 100) =>
        WorkerRun.RunAsync(
            server,
            options =>
            {
                options.AddWorkflow<MailboxWorkflow>();
                options.MaxCachedWorkflows = cached;
            },
            async run => await test(
                run, await run.Client.StartWorkflowAsync((MailboxWorkflow w) => w.RunAsync(), run.NewWorkflow())));

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
        server,
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

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Query_WhileRunningAndAfterTheEnd_SeesTheState(int cached) => RunAsync(
        async (_, handle) =>
        {
            Assert.Equal(0, await handle.QueryAsync(w => w.Count()));
            await handle.SignalAsync(w => w.ReceiveAsync("a"));
            Assert.Equal(1, await handle.QueryAsync(w => w.Count()));
            Assert.Equal(["a"], await handle.QueryAsync(w => w.Letters));
            await handle.SignalAsync(w => w.FinishAsync());
            await handle.GetResultAsync();
            Assert.Equal(1, await handle.QueryAsync(w => w.Count()));
        },
        cached);

    [Fact]
    public Task Query_HandlerThrowsOrIsMissing_FailsOnlyTheQuery() => RunAsync(async (_, handle) =>
    {
        var broken = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(w => w.Broken()));
        Assert.Contains("no answer", broken.Message);
        var missing = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync<int>("missing", []));
        Assert.Contains("known queries: [Broken Count letters]", missing.Message);
        await handle.SignalAsync(w => w.FinishAsync());
        Assert.Equal(string.Empty, await handle.GetResultAsync());
    });

    [Fact]
    public Task Query_Metadata_ListsHandlersAndCurrentDetails() => RunAsync(async (_, handle) =>
    {
        var metadata = await handle.QueryAsync<Temporalio.Api.Sdk.V1.WorkflowMetadata>("__temporal_workflow_metadata", []);
        Assert.Equal("collecting mail", metadata.CurrentDetails);
        Assert.Equal(nameof(MailboxWorkflow), metadata.Definition.Type);
        Assert.Equal(["Finish", "Receive"], metadata.Definition.SignalDefinitions.Select(d => d.Name));
        Assert.Equal("Puts a letter into the box", metadata.Definition.SignalDefinitions[1].Description);
        Assert.Equal(["setConcurrency"], metadata.Definition.UpdateDefinitions.Select(d => d.Name));
    });

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Update_Valid_RunsTheHandlerAndReturnsItsResult(int cached) => RunAsync(
        async (_, handle) =>
        {
            Assert.Equal(4, await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(7)));
            Assert.Equal(7, await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(8)));
            await handle.SignalAsync(w => w.FinishAsync());
            Assert.Equal("setConcurrency,setConcurrency", await handle.GetResultAsync());
        },
        cached);

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Update_Rejected_LeavesNoTraceAndLaterOnesWork(int cached) => RunAsync(
        async (_, handle) =>
        {
            for (var i = 0; i < 3; i++)
            {
                var e = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                    () => handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(65)));
                Assert.Equal("OutOfRange", Assert.IsType<ApplicationFailureException>(e.InnerException).ErrorType);
            }

            Assert.Equal(4, await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(5)));
            await handle.SignalAsync(w => w.FinishAsync());
            Assert.Equal("setConcurrency", await handle.GetResultAsync());
        },
        cached);

    [Fact]
    public Task Update_Unknown_IsRejected() => RunAsync(async (_, handle) =>
    {
        var e = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync("missing", []));
        Assert.Contains("known updates: [setConcurrency]", e.InnerException!.Message);
    });
}
