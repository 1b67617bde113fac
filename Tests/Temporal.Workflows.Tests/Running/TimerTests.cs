using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Client;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>Timers, conditions, mutex and semaphore.</summary>
public sealed class TimerTests(TemporalServer server)
{
    [Workflow]
    public class DelayWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var before = Workflow.UtcNow;
            await Workflow.DelayAsync(0);
            await Workflow.DelayWithOptionsAsync(new(TimeSpan.FromMilliseconds(1), "short nap"));
            var negative = await Assert.ThrowsAsync<ArgumentException>(() => Workflow.DelayAsync(-2));
            using var cancel = new CancellationTokenSource();
            var infinite = Workflow.DelayAsync(Timeout.Infinite, cancel.Token);
            var inTime = Workflow.DelayAsync(TimeSpan.FromHours(1), cancel.Token);
            await Workflow.DelayAsync(1);
            cancel.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => infinite);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inTime);
            return Workflow.UtcNow > before ? "time passed" : "time stood still";
        }
    }

    [Workflow]
    public class ConditionWorkflow
    {
        private int value;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var timedOut = await Workflow.WaitConditionAsync(() => value > 0, 1);
            var seen = new List<string>();
            var waits = new[]
            {
                WaitAndLogAsync(seen, "first", () => value is > 0 and < 3),
                WaitAndLogAsync(seen, "second", () => value > 1),
                WaitAndLogAsync(seen, "third", () => value is 1 or 3),
            };
            value = 1;
            await Workflow.WhenAllAsync(waits);
            var held = await Workflow.WaitConditionAsync(() => value > 2, TimeSpan.FromHours(1));
            return $"{timedOut} {string.Join(' ', seen)} {held}";
        }

        private async Task WaitAndLogAsync(List<string> seen, string name, Func<bool> condition)
        {
            await Workflow.WaitConditionAsync(condition);
            seen.Add($"{name}:{value}");
            value++;
        }
    }

    [Workflow]
    public class SemaphoreWorkflow
    {
        private readonly Temporalio.Workflows.Semaphore semaphore = new(2);
        private readonly Temporalio.Workflows.Mutex mutex = new();
        private int running;
        private int most;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WhenAllAsync(Enumerable.Range(0, 6).Select(_ => WorkAsync()));
            await mutex.WaitOneAsync();
            var second = await mutex.WaitOneAsync(1);
            mutex.ReleaseMutex();
            var third = await mutex.WaitOneAsync(TimeSpan.Zero);
            return $"{most} {second} {third} {semaphore.CurrentCount}";
        }

        private async Task WorkAsync()
        {
            await semaphore.WaitAsync();
            most = Math.Max(most, ++running);
            await Workflow.DelayAsync(1);
            running--;
            semaphore.Release();
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task DelayAsync_AllForms_WaitOrThrow(int cached) => RunAsync<DelayWorkflow>(
        cached, w => w.RunAsync(), "time passed");

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task WaitConditionAsync_SeveralHold_OneIsReleasedAtATime(int cached) => RunAsync<ConditionWorkflow>(
        cached, w => w.RunAsync(), "False first:1 second:2 third:3 True");

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Semaphore_MoreWorkersThanPermits_LimitsThem(int cached) => RunAsync<SemaphoreWorkflow>(
        cached, w => w.RunAsync(), "2 False True 2");

    private Task RunAsync<TWorkflow>(
        int cached, System.Linq.Expressions.Expression<Func<TWorkflow, Task<string>>> call, string expected) =>
        WorkerRun.RunAsync(
            server,
            options =>
            {
                options.AddWorkflow<TWorkflow>();
                options.MaxCachedWorkflows = cached;
            },
            async run => Assert.Equal(expected, await run.Client.ExecuteWorkflowAsync(call, run.NewWorkflow())));
}
