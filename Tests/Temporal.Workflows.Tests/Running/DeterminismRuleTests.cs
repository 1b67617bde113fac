using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>What workflow code must not do, and what patches allow.</summary>
public sealed class DeterminismRuleTests(TemporalServer server)
{
    [Workflow]
    public class EscapingWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(string how)
        {
            switch (how)
            {
                case "run":
                    await Task.Run(() => { });
                    break;
                case "runUnawaited":
                    _ = Task.Run(() => { });
                    break;
                case "delay":
                    await Task.Delay(5);
                    break;
                case "timedSource":
                    using (var source = new CancellationTokenSource(1000))
                    {
                        await Workflow.DelayAsync(1, source.Token);
                    }

                    break;
                default:
                    throw new ArgumentException(how);
            }
        }
    }

    [Workflow]
    public class BlockingWorkflow
    {
        public static ManualResetEventSlim Gate { get; } = new();

        [WorkflowRun]
        public Task RunAsync()
        {
            Gate.Wait(TimeSpan.FromMinutes(2));
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public class MutatingQueryWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

        [WorkflowQuery]
        public int Mutate()
        {
            _ = Workflow.DelayAsync(1000);
            return 1;
        }
    }

    [Workflow("Changing")]
    public class OldWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(1);
            await WaitAsync();
            return "old";
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            goes = true;
            return Task.CompletedTask;
        }

        private bool goes;

        private Task WaitAsync() => Workflow.WaitConditionAsync(() => goes);
    }

    [Workflow("Changing")]
    public class ChangedWorkflow
    {
        private bool goes;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.ExecuteActivityAsync(
                () => TestActivities.Greet("x"), new() { StartToCloseTimeout = TimeSpan.FromSeconds(5) });
            await Workflow.WaitConditionAsync(() => goes);
            return "changed";
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            goes = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Changing")]
    public class PatchedWorkflow
    {
        private bool goes;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var isPatched = Workflow.Patched("greet");
            if (isPatched)
            {
                await Workflow.ExecuteActivityAsync(
                    () => TestActivities.Greet("x"), new() { StartToCloseTimeout = TimeSpan.FromSeconds(5) });
            }
            else
            {
                await Workflow.DelayAsync(1);
            }

            await Workflow.WaitConditionAsync(() => goes);
            return isPatched ? "new" : "old";
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            goes = true;
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("runUnawaited")]
    [InlineData("delay")]
    [InlineData("timedSource")]
    public Task LeavingTheScheduler_AnyWay_FailsTheTask(string how) => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<EscapingWorkflow>(),
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((EscapingWorkflow w) => w.RunAsync(how), run.NewWorkflow());
            var failure = await FailedTask.OfAsync(handle);
            Assert.Equal("InvalidWorkflowSchedulerException", failure.Failure.ApplicationFailureInfo.Type);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Blocking_ForTooLong_FailsTheTask() => WorkerRun.RunAsync(
        server,
        options =>
        {
            options.AddWorkflow<BlockingWorkflow>();
            options.DebugMode = false;
        },
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((BlockingWorkflow w) => w.RunAsync(), run.NewWorkflow());
            var failure = await FailedTask.OfAsync(handle);
            Assert.Contains(handle.ResultRunId!, failure.Failure.Message);
            BlockingWorkflow.Gate.Set();
            await handle.GetResultAsync();
        });

    [Fact]
    public Task Query_ThatIssuesCommands_Fails() => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<MutatingQueryWorkflow>(),
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((MutatingQueryWorkflow w) => w.RunAsync(), run.NewWorkflow());
            await Assert.ThrowsAnyAsync<Exception>(() => handle.QueryAsync(w => w.Mutate()));
            var history = await handle.FetchHistoryAsync();
            Assert.DoesNotContain(history.Events, e => e.EventType == EventType.TimerStarted);
            await handle.TerminateAsync();
        });

    [Fact]
    public async Task ChangedCode_OnARunningWorkflow_FailsTheTaskAsNonDeterministic()
    {
        var (client, id, queue) = await RunOldAsync();
        var options = new Temporalio.Worker.TemporalWorkerOptions(queue).AddWorkflow<ChangedWorkflow>()
            .AddActivity(TestActivities.Greet);
        using var worker = new Temporalio.Worker.TemporalWorker(client, options);
        await worker.ExecuteAsync(async () =>
        {
            var handle = client.GetWorkflowHandle(id);
            await handle.SignalAsync("Go", []);
            var failure = await FailedTask.OfAsync(handle);
            Assert.Equal(WorkflowTaskFailedCause.NonDeterministicError, failure.Cause);
            await handle.TerminateAsync();
        });
    }

    [Fact]
    public async Task Patch_OnOldAndNewWorkflows_TakesTheRightPath()
    {
        var (client, id, queue) = await RunOldAsync();
        var options = new Temporalio.Worker.TemporalWorkerOptions(queue).AddWorkflow<PatchedWorkflow>()
            .AddActivity(TestActivities.Greet);
        options.MaxCachedWorkflows = 0;
        using var worker = new Temporalio.Worker.TemporalWorker(client, options);
        await worker.ExecuteAsync(async () =>
        {
            var old = client.GetWorkflowHandle(id);
            await old.SignalAsync("Go", []);
            Assert.Equal("old", await old.GetResultAsync<string>());
            var recent = await client.StartWorkflowAsync(
                (PatchedWorkflow w) => w.RunAsync(), new($"workflow-{Guid.NewGuid():N}", queue));
            await recent.SignalAsync(w => w.GoAsync());
            Assert.Equal("new", await recent.GetResultAsync());
        });
    }

    /// <summary>Runs the old code up to its wait, then stops its worker.</summary>
    private async Task<(ITemporalClient Client, string Id, string Queue)> RunOldAsync()
    {
        string? id = null;
        string? queue = null;
        ITemporalClient? client = null;
        await WorkerRun.RunAsync(
            server,
            options => options.AddWorkflow<OldWorkflow>(),
            async run =>
            {
                var handle = await run.Client.StartWorkflowAsync(
                    (OldWorkflow w) => w.RunAsync(),
                    run.NewWorkflow(options => options.TaskTimeout = TimeSpan.FromSeconds(2)));
                await Eventually.HoldsAsync(async () => (await handle.FetchHistoryAsync()).Events
                    .SkipWhile(e => e.EventType != EventType.TimerFired)
                    .Any(e => e.EventType == EventType.WorkflowTaskCompleted));
                (client, id, queue) = (run.Client, handle.Id, run.TaskQueue);
            });
        return (client!, id!, queue!);
    }
}
