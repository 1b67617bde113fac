using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>How runs end, and what they carry on.</summary>
public sealed class LifecycleTests(TemporalServer server)
{
    private static readonly SearchAttributeKey<string> Keyword = SearchAttributeKey.CreateKeyword("TestKeyword");
    private static readonly SearchAttributeKey<long> Number = SearchAttributeKey.CreateLong("TestNumber");

    [Workflow]
    public class CountdownWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(int left, string trail)
        {
            await Workflow.DelayAsync(1);
            var memo = Workflow.PayloadConverter.ToValue<string>(Workflow.Memo["note"]);
            trail += $"{left}{memo}{Workflow.TypedSearchAttributes.Get(Number)}{(Workflow.Info.ContinuedRunId == null ? '-' : '+')}";
            Workflow.UpsertTypedSearchAttributes(Number.ValueSet(left));
            return left == 0
                ? trail
                : throw Workflow.CreateContinueAsNewException((CountdownWorkflow w) => w.RunAsync(left - 1, trail));
        }
    }

    [Workflow]
    public class UpsertWorkflow
    {
        private bool isDone;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            Workflow.UpsertTypedSearchAttributes(Keyword.ValueSet("working"), Number.ValueSet(5));
            Workflow.UpsertMemo(MemoUpdate.ValueSet("progress", 50), MemoUpdate.ValueUnset("note"));
            await Workflow.WaitConditionAsync(() => isDone);
            Workflow.UpsertTypedSearchAttributes(Keyword.ValueUnset());
            return $"{Workflow.TypedSearchAttributes.Get(Number)} {Workflow.TypedSearchAttributes.ContainsKey(Keyword)} "
                + $"{Workflow.Memo.ContainsKey("note")} {Workflow.PayloadConverter.ToValue<int>(Workflow.Memo["progress"])}";
        }

        [WorkflowSignal]
        public Task FinishAsync()
        {
            isDone = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public class CancelableWorkflow
    {
        private string cleanedUp = string.Empty;

        [WorkflowRun]
        public async Task RunAsync()
        {
            try
            {
                await Workflow.DelayAsync(TimeSpan.FromHours(1));
            }
            finally
            {
                // An unlinked source: the workflow's own token is cancelled already.
                using var own = new CancellationTokenSource();
                cleanedUp = await Workflow.ExecuteActivityAsync(
                    () => TestActivities.Greet("cleaner"),
                    new() { StartToCloseTimeout = TimeSpan.FromSeconds(5), CancellationToken = own.Token });
            }
        }

        [WorkflowQuery]
        public string CleanedUp() => cleanedUp;
    }

    [Workflow]
    public class FailingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(string how) => throw how switch
        {
            "application" => new ApplicationFailureException("as meant", "Meant"),
            _ => new ConfiguredException("as configured"),
        };
    }

    [Workflow(FailureExceptionTypes = [typeof(ConfiguredException)])]
    public class ConfiguredWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new ConfiguredException("as configured");
    }

    public sealed class ConfiguredException(string message) : Exception(message);

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task ContinueAsNew_ThreeTimes_KeepsMemoAndSearchAttributes(int cached) => WorkerRun.RunAsync(
        server,
        options =>
        {
            options.AddWorkflow<CountdownWorkflow>();
            options.MaxCachedWorkflows = cached;
        },
        async run =>
        {
            var start = run.NewWorkflow(options =>
            {
                options.Memo = new Dictionary<string, object> { ["note"] = "n" };
                options.TypedSearchAttributes =
                    new SearchAttributeCollection.Builder().Set(Number, 9).ToSearchAttributeCollection();
            });
            Assert.Equal(
                "2n9-1n2+0n1+",
                await run.Client.ExecuteWorkflowAsync((CountdownWorkflow w) => w.RunAsync(2, string.Empty), start));
        });

    [Fact]
    public Task Upserts_SearchAttributesAndMemo_AreVisibleInsideAndOutside() => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<UpsertWorkflow>(),
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync(
                (UpsertWorkflow w) => w.RunAsync(),
                run.NewWorkflow(options => options.Memo = new Dictionary<string, object> { ["note"] = "n" }));
            await Eventually.HoldsAsync(async () =>
                (await handle.DescribeAsync()).TypedSearchAttributes.TryGetValue(Keyword, out var value) && value == "working");
            await handle.SignalAsync(w => w.FinishAsync());
            Assert.Equal("5 False False 50", await handle.GetResultAsync());
        });

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Cancel_WhileWaiting_CleansUpAndEndsCancelled(int cached) => WorkerRun.RunAsync(
        server,
        options =>
        {
            options.AddWorkflow<CancelableWorkflow>().AddActivity(TestActivities.Greet);
            options.MaxCachedWorkflows = cached;
        },
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((CancelableWorkflow w) => w.RunAsync(), run.NewWorkflow());
            await handle.CancelAsync();
            var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsType<CanceledFailureException>(e.InnerException);
            Assert.Equal("Hello, cleaner!", await handle.QueryAsync(w => w.CleanedUp()));
        });

    [Fact]
    public Task Failure_OfAMeantOrConfiguredType_FailsTheWorkflow() => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<FailingWorkflow>().AddWorkflow<ConfiguredWorkflow>(),
        async run =>
        {
            var meant = await Assert.ThrowsAsync<WorkflowFailedException>(() => run.Client.ExecuteWorkflowAsync(
                (FailingWorkflow w) => w.RunAsync("application"), run.NewWorkflow()));
            Assert.Equal("Meant", Assert.IsType<ApplicationFailureException>(meant.InnerException).ErrorType);
            var configured = await Assert.ThrowsAsync<WorkflowFailedException>(() => run.Client.ExecuteWorkflowAsync(
                (ConfiguredWorkflow w) => w.RunAsync(), run.NewWorkflow()));
            Assert.Equal(
                nameof(ConfiguredException), Assert.IsType<ApplicationFailureException>(configured.InnerException).ErrorType);
        });

    [Fact]
    public Task Failure_OfAnyOtherType_FailsTheTaskOnly() => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<FailingWorkflow>(),
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((FailingWorkflow w) => w.RunAsync("fault"), run.NewWorkflow());
            var failure = await FailedTask.OfAsync(handle);
            Assert.Equal("as configured", failure.Failure.Message);
            Assert.Equal(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, failure.Cause);
            Assert.Equal(WorkflowExecutionStatus.Running, (await handle.DescribeAsync()).Status);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task UnknownWorkflowType_FailsTheTaskAndNamesTheKnownOnes() => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<FailingWorkflow>(),
        async run =>
        {
            var handle = await run.Client.StartWorkflowAsync("Unheard", [], run.NewWorkflow());
            var failure = await FailedTask.OfAsync(handle);
            Assert.Contains("Unheard is not registered on this worker, available workflows: FailingWorkflow", failure.Failure.Message);
            await handle.TerminateAsync();
        });
}
