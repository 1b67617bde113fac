using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Tests.Support;
using Temporalio.Worker;

namespace Temporalio.Tests.Worker;

public sealed class ActivityWorkerTests(DevServer server)
{
    [Fact]
    public async Task ExecuteActivity_Returning_GivesResultToWorkflow()
    {
        var result = await RunAsync(new Activities(), "Greet", "you", 1);

        Assert.Equal("Hello, you", result);
    }

    [Fact]
    public async Task ExecuteActivity_OfUnknownType_FailsWithNotFoundAndTheKnownOnes()
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync(new Activities(), "Nothing", "", 1));

        var cause = Assert.IsType<ApplicationFailureException>(Assert.IsType<ActivityFailureException>(failure.InnerException).InnerException);
        Assert.Equal("NotFoundError", cause.ErrorType);
        Assert.Contains("Greet", cause.Message);
    }

    [Fact]
    public async Task ExecuteActivity_FailingAtFirst_IsRetriedWithItsHeartbeatDetails()
    {
        var result = await RunAsync(new Activities(), "FailOnce", "kept", 2);

        Assert.Equal("kept", result);
    }

    [Fact]
    public async Task ExecuteActivity_ThrowingNonRetryable_IsNotRetried()
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync(new Activities(), "FailForGood", "", 5));

        var cause = Assert.IsType<ApplicationFailureException>(failure.InnerException!.InnerException);
        Assert.Equal("Final", cause.ErrorType);
        Assert.True(cause.NonRetryable);
        Assert.Equal(7, cause.Details.ElementAt<int>(0));
        Assert.Equal("below", cause.InnerException!.Message);
    }

    [Fact]
    public async Task ExecuteActivity_OfCanceledWorkflow_LearnsItByHeartbeat()
    {
        var activities = new Activities();
        var client = await server.ConnectAsync();
        var queue = Unique.Name("queue");
        using var worker = new TemporalWorker(client, Options(queue, activities));

        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((OneActivity workflow) => workflow.RunAsync("WaitForCancel", "", 1), new(Unique.Name("workflow"), queue));
            await activities.Started.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            await handle.CancelAsync();
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failure.InnerException);
        });

        Assert.Equal(ActivityCancelReason.CancelRequested, activities.Reason);
    }

    [Fact]
    public async Task Shutdown_WithRunningActivity_CancelsItAfterGraceAndLetsAnotherWorkerGoOn()
    {
        var activities = new Activities();
        var client = await server.ConnectAsync();
        var queue = Unique.Name("queue");
        using var stop = new CancellationTokenSource();
        WorkflowHandle<OneActivity, string> handle;
        using (var worker = new TemporalWorker(client, Options(queue, activities)))
        {
            var running = worker.ExecuteAsync(stop.Token);
            handle = await client.StartWorkflowAsync((OneActivity workflow) => workflow.RunAsync("WaitForShutdown", "", 2), new(Unique.Name("workflow"), queue));
            await activities.Started.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        Assert.Equal(ActivityCancelReason.WorkerShutdown, activities.Reason);

        using var second = new TemporalWorker(client, Options(queue, activities));
        Assert.Equal("attempt 2", await second.ExecuteAsync(() => handle.GetResultAsync()));
    }

    [Fact]
    public async Task CompleteAsync_OfActivityThatLeftItOpen_GivesResultToWorkflow()
    {
        var activities = new Activities();
        var client = await server.ConnectAsync();
        var queue = Unique.Name("queue");
        using var worker = new TemporalWorker(client, Options(queue, activities));

        var result = await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((OneActivity workflow) => workflow.RunAsync("LeaveOpen", "", 1), new(Unique.Name("workflow"), queue));
            var token = await activities.Token.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            await client.GetAsyncActivityHandle(token).CompleteAsync("from outside");
            return await handle.GetResultAsync();
        });

        Assert.Equal("from outside", result);
    }

    [Fact]
    public async Task Create_SecondWorkerOfConnectionOnQueue_Throws()
    {
        var client = await server.ConnectAsync();
        var options = Options(Unique.Name("queue"), new Activities());
        using var first = new TemporalWorker(client, options);

        Assert.Throws<InvalidOperationException>(() => new TemporalWorker(client, options));
    }

    private static TemporalWorkerOptions Options(string queue, Activities activities) =>
        new TemporalWorkerOptions(queue) { MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100) }
            .AddAllActivities(activities).AddWorkflow<OneActivity>();

    private async Task<string> RunAsync(Activities activities, string activity, string argument, int attempts)
    {
        var client = await server.ConnectAsync();
        var queue = Unique.Name("queue");
        using var worker = new TemporalWorker(client, Options(queue, activities));
        return await worker.ExecuteAsync(() => client.ExecuteWorkflowAsync(
            (OneActivity workflow) => workflow.RunAsync(activity, argument, attempts), new(Unique.Name("workflow"), queue)));
    }

    private sealed class Activities
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<byte[]> Token { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ActivityCancelReason Reason { get; private set; }

        [Activity]
        public static string Greet(string name) => $"Hello, {name}";

        [Activity]
        public static async Task<string> FailOnceAsync(string detail)
        {
            var context = ActivityExecutionContext.Current;
            if (context.Info.Attempt == 1)
            {
                context.Heartbeat("older");
                context.Heartbeat(detail);
                throw new InvalidOperationException("first attempt");
            }
            return await context.Info.HeartbeatDetailAtAsync<string>(0);
        }

        [Activity]
        public static Task<string> FailForGoodAsync(string text) =>
            throw new ApplicationFailureException("over", new InvalidOperationException("below"), "Final", nonRetryable: true, details: [7]);

        [Activity]
        public async Task<string> WaitForCancelAsync(string text)
        {
            var context = ActivityExecutionContext.Current;
            Started.TrySetResult();
            try
            {
                while (true)
                {
                    context.Heartbeat("alive");
                    await Task.Delay(50, context.CancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                Reason = context.CancelReason;
                throw;
            }
        }

        [Activity]
        public async Task<string> WaitForShutdownAsync(string text)
        {
            var context = ActivityExecutionContext.Current;
            if (context.Info.Attempt > 1)
            {
                return $"attempt {context.Info.Attempt}";
            }
            Started.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            finally
            {
                Reason = context.CancelReason;
            }
            return "";
        }

        [Activity]
        public Task<string> LeaveOpenAsync(string text)
        {
            Token.TrySetResult(ActivityExecutionContext.Current.Info.TaskToken);
            throw new CompleteAsyncException();
        }
    }
}
