using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

public sealed class ActivityTests(TemporalServer server)
{
    private static readonly ActivityOptions Short = new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(20),
        HeartbeatTimeout = TimeSpan.FromSeconds(10),
    };

    [Workflow]
    public class CallWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string name)
        {
            var sums = await Workflow.WhenAllAsync(Enumerable.Range(0, 5).Select(i =>
                Workflow.ExecuteActivityAsync(() => TestActivities.AddAsync(i, 1), Short)));
            var greeting = await Workflow.ExecuteActivityAsync(() => TestActivities.Greet(name), Short);
            return $"{greeting} {sums.Sum()}";
        }
    }

    [Workflow]
    public class HangWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.ExecuteActivityAsync(
            (TestActivities a) => a.HangWithFailingCallbackAsync(),
            new() { StartToCloseTimeout = Short.StartToCloseTimeout, HeartbeatTimeout = TimeSpan.FromSeconds(1), RetryPolicy = new() { MaximumAttempts = 1 } });
    }

    [Workflow]
    public class FailureWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            try
            {
                await Workflow.ExecuteActivityAsync(() => TestActivities.Fail("out of luck"), Short);
                return "no failure";
            }
            catch (ActivityFailureException e)
            {
                var cause = (ApplicationFailureException)e.InnerException!;
                return $"{e.ActivityType}: {cause.ErrorType}: {cause.Message}";
            }
        }
    }

    [Workflow]
    public class CancelWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(ActivityCancellationType type)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
            var activity = Workflow.ExecuteActivityAsync(
                (TestActivities a) => a.WaitForCancelAsync(),
                new()
                {
                    StartToCloseTimeout = Short.StartToCloseTimeout,
                    HeartbeatTimeout = Short.HeartbeatTimeout,
                    CancellationType = type,
                    CancellationToken = cancel.Token,
                });
            await Workflow.WaitConditionAsync(() => isStopped);
            cancel.Cancel();
            try
            {
                return await activity;
            }
            catch (ActivityFailureException e) when (e.InnerException is CanceledFailureException)
            {
                return "cancelled";
            }
        }

        private bool isStopped;

        [WorkflowSignal]
        public Task StopAsync()
        {
            isStopped = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public class CancelBeforeSentWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            using var cancel = new CancellationTokenSource();
            var activity = Workflow.ExecuteActivityAsync(
                () => TestActivities.Greet("nobody"),
                new() { StartToCloseTimeout = TimeSpan.FromSeconds(5), CancellationToken = cancel.Token });
            cancel.Cancel();
            var error = await Assert.ThrowsAsync<ActivityFailureException>(() => activity);
            return error.InnerException!.GetType().Name;
        }
    }

    [Fact]
    public async Task Activity_CallbackOfItsTokenFailsAtTheTimeout_ActivityGoesOn()
    {
        var activities = new TestActivities();
        await WorkerRun.RunAsync(server, options => options.AddWorkflow<HangWorkflow>().AddAllActivities(activities), async run =>
        {
            var handle = await run.Client.StartWorkflowAsync((HangWorkflow w) => w.RunAsync(), run.NewWorkflow());
            await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            await activities.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        });
    }

    [Fact]
    public Task ExecuteActivityAsync_SeveralAtOnce_AllResultsArrive() =>
        WorkerRun.RunAsync(
            server,
            options => options.AddWorkflow<CallWorkflow>().AddAllActivities(new TestActivities()),
            async run => Assert.Equal(
                "Hello, Ann! 15",
                await run.Client.ExecuteWorkflowAsync((CallWorkflow w) => w.RunAsync("Ann"), run.NewWorkflow())));

    [Fact]
    public Task ExecuteActivityAsync_ActivityFails_FailureCarriesTheCause() =>
        WorkerRun.RunAsync(
            server,
            options => options.AddWorkflow<FailureWorkflow>().AddActivity(TestActivities.Fail),
            async run => Assert.Equal(
                "Fail: TestFailure: out of luck",
                await run.Client.ExecuteWorkflowAsync((FailureWorkflow w) => w.RunAsync(), run.NewWorkflow())));

    [Theory]
    [InlineData(ActivityCancellationType.WaitCancellationCompleted, "stopped in order")]
    [InlineData(ActivityCancellationType.TryCancel, "cancelled")]
    [InlineData(ActivityCancellationType.Abandon, "cancelled")]
    public Task ExecuteActivityAsync_Cancelled_ActsByItsCancellationType(ActivityCancellationType type, string expected)
    {
        var activities = new TestActivities();
        return WorkerRun.RunAsync(
            server,
            options => options.AddWorkflow<CancelWorkflow>().AddAllActivities(activities),
            async run =>
            {
                var handle = await run.Client.StartWorkflowAsync((CancelWorkflow w) => w.RunAsync(type), run.NewWorkflow());
                await Eventually.HoldsAsync(() => activities.Running.ContainsKey(handle.Id));
                await handle.SignalAsync(w => w.StopAsync());
                Assert.Equal(expected, await handle.GetResultAsync());
            });
    }

    [Fact]
    public Task ExecuteActivityAsync_CancelledInTheSameTask_IsNeverScheduled() =>
        WorkerRun.RunAsync(
            server,
            options => options.AddWorkflow<CancelBeforeSentWorkflow>().AddActivity(TestActivities.Greet),
            async run =>
            {
                var handle = await run.Client.StartWorkflowAsync(
                    (CancelBeforeSentWorkflow w) => w.RunAsync(), run.NewWorkflow());
                Assert.Equal(nameof(CanceledFailureException), await handle.GetResultAsync());
                var history = await handle.FetchHistoryAsync();
                Assert.DoesNotContain(history.Events, e => e.ActivityTaskScheduledEventAttributes != null);
            });
}
