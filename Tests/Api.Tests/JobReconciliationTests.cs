using ImageLibrary.Core;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Tests.Api.Support;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Jobs whose workflow has closed without ending them, or that the engine does not know.</summary>
public sealed class JobReconciliationTests(ScannedLibrary library) : IAsyncLifetime
{
    private const string Unattended = "nobody-works-on-this";
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TurnTime time = new();
    private readonly string run = StableId.NewId();
    private readonly Queue<WorkflowHandle> sentinels = [];
    private ApiServer? server;
    private TemporalClient? client;

    private SqliteLibraryStore Store => server!.Store;

    public async ValueTask InitializeAsync()
    {
        server = await ApiServer.StartAsync(library.EngineAddress, options => options.Time = time);
        client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(library.EngineAddress));
        // Jobs are looked at from the newest on, so these come last, the first of them at the very end.
        for (var i = 0; i < 2; i++)
        {
            var sentinel = await client.StartWorkflowAsync("Sentinel", [], new WorkflowOptions($"{run}/sentinel-{i}", Unattended));
            await AddJobAsync(sentinel.ResultRunId!, sentinel.Id);
            sentinels.Enqueue(sentinel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sentinel in sentinels)
        {
            await sentinel.TerminateAsync();
        }
        await server!.DisposeAsync();
    }

    [Theory]
    [InlineData(JobType.Scan)]
    [InlineData(JobType.CollectionScan)]
    [InlineData(JobType.Removal)]
    public async Task Job_UnknownToTheEngine_FailsAfterTenSilentMinutes(JobType type)
    {
        var job = await AddJobAsync("unknown", $"{run}/unknown", type: type);

        await LookAsync(after: Silence - TimeSpan.FromSeconds(1));
        Assert.Equal(JobState.Running, (await Store.GetJobAsync(job))!.State);
        await LookAsync(after: TimeSpan.FromSeconds(1));

        var ended = (await Store.GetJobAsync(job))!;
        Assert.Equal((JobState.Failed, time.Now), (ended.State, ended.EndedAt));
        Assert.Equal("The engine does not know its workflow any more.", ended.Error);
    }

    [Theory]
    [InlineData(JobState.Paused)]
    [InlineData(JobState.Waiting)]
    public async Task Job_UnknownToTheEngineThatSaysNothingForLong_IsLetBe(JobState state)
    {
        var job = await AddJobAsync("silent", $"{run}/silent", state);

        await LookAsync(after: TimeSpan.FromDays(7));

        Assert.Equal(state, (await Store.GetJobAsync(job))!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Job_WhoseWorkflowIdAnotherRunHas_IsNotTakenForThatRun(bool otherHasEnded)
    {
        var other = await client!.StartWorkflowAsync("Other", [], new WorkflowOptions($"{run}/other", Unattended));
        var job = await AddJobAsync("former", other.Id);
        if (otherHasEnded)
        {
            await other.TerminateAsync();
        }

        await LookAsync(after: Silence - TimeSpan.FromSeconds(1));
        Assert.Equal(JobState.Running, (await Store.GetJobAsync(job))!.State);
        await LookAsync(after: TimeSpan.FromSeconds(1));

        var ended = (await Store.GetJobAsync(job))!;
        Assert.Equal((JobState.Failed, "The engine does not know its workflow any more."), (ended.State, ended.Error));
    }

    [Theory]
    [InlineData(JobType.Scan, "terminate", JobState.Cancelled, "was terminated")]
    [InlineData(JobType.CollectionScan, "terminate", JobState.Cancelled, "was terminated")]
    [InlineData(JobType.Removal, "terminate", JobState.Cancelled, "was terminated")]
    [InlineData(JobType.Scan, "cancel", JobState.Cancelled, "was cancelled")]
    [InlineData(JobType.Scan, "time out", JobState.Failed, "has timed out")]
    [InlineData(JobType.Scan, "fail", JobState.Failed, "has failed")]
    [InlineData(JobType.Scan, "return", JobState.Failed, "without an end")]
    public async Task Job_WhoseWorkflowHasClosed_EndsAtOnce(JobType type, string end, JobState expected, string sentence)
    {
        await WithWorkerAsync(async queue =>
        {
            var workflow = await client!.StartWorkflowAsync(
                (ClosingJob closing) => closing.RunAsync(),
                new WorkflowOptions($"{run}/closing", queue) { RunTimeout = end == "time out" ? TimeSpan.FromMilliseconds(200) : null });
            var job = await AddJobAsync(workflow.ResultRunId!, workflow.Id, JobState.Paused, type);
            await (end switch
            {
                "terminate" => workflow.TerminateAsync(),
                "cancel" => workflow.CancelAsync(),
                "time out" => Task.CompletedTask,
                _ => workflow.SignalAsync(closing => closing.CloseAsync(end)),
            });
            var closed = await Record.ExceptionAsync(() => workflow.GetResultAsync());
            Assert.Equal(end == "return", closed is null);

            await LookAsync(after: TimeSpan.Zero);

            var ended = (await Store.GetJobAsync(job))!;
            Assert.Equal(expected, ended.State);
            Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Job_OfSeveralRuns_EndsWithTheLastOfThem()
    {
        await WithWorkerAsync(async queue =>
        {
            var workflow = await client!.StartWorkflowAsync(
                (ClosingJob closing) => closing.RunAsync(), new WorkflowOptions($"{run}/chain", queue));
            await workflow.SignalAsync(closing => closing.CloseAsync("go on as new"));
            await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(() => workflow.GetResultAsync(followRuns: false));
            var job = await AddJobAsync(workflow.ResultRunId!, workflow.Id);

            await LookAsync(after: 2 * Silence);
            Assert.Equal(JobState.Running, (await Store.GetJobAsync(job))!.State);
            await client.GetWorkflowHandle(workflow.Id).TerminateAsync();
            await LookAsync(after: TimeSpan.Zero);

            Assert.Equal("Its workflow was terminated.", (await Store.GetJobAsync(job))!.Error);
        });
    }

    private async Task<string> AddJobAsync(string id, string workflowId, JobState state = JobState.Running, JobType type = JobType.Scan)
    {
        await Store.AddJobAsync(new Job
        {
            Id = id,
            WorkflowId = workflowId,
            Type = type,
            State = state,
            Waiting = state == JobState.Waiting ? new JobWaiting(WaitingReason.LibraryOffline, null, "It is away.") : null,
            StartedAt = time.Now,
            UpdatedAt = time.Now,
        });
        return id;
    }

    /// <summary>Lets all open jobs be looked at once more, and waits for the last of them, which then ends.</summary>
    private async Task LookAsync(TimeSpan after)
    {
        var sentinel = sentinels.Dequeue();
        await sentinel.TerminateAsync();
        time.Now += after;
        await time.TurnAsync();
        using var patience = new CancellationTokenSource(Deadline);
        while (!(await Store.GetJobAsync(sentinel.ResultRunId!, patience.Token))!.Ended)
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task WithWorkerAsync(Func<string, Task> body)
    {
        var queue = $"{run}-jobs";
        using var worker = new TemporalWorker(client!, new TemporalWorkerOptions(queue).AddWorkflow<ClosingJob>());
        await worker.ExecuteAsync(() => body(queue));
    }

    /// <summary>Closes as it is told, or never.</summary>
    [Workflow]
    public sealed class ClosingJob
    {
        private string? end;

        /// <summary>Waits until it shall close.</summary>
        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.WaitConditionAsync(() => end is not null);
            switch (end)
            {
                case "fail":
                    throw new ApplicationFailureException("It breaks.", nonRetryable: true);
                case "go on as new":
                    throw Workflow.CreateContinueAsNewException((ClosingJob next) => next.RunAsync());
            }
        }

        /// <summary>Closes.</summary>
        /// <param name="how">How.</param>
        [WorkflowSignal]
        public Task CloseAsync(string how)
        {
            end = how;
            return Task.CompletedTask;
        }
    }

    /// <summary>A clock that stands until it is set, and whose turns come when they are asked for.</summary>
    private sealed class TurnTime : TimeProvider
    {
        private readonly TaskCompletionSource<Action> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public async Task TurnAsync() => (await turn.Task)();

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            turn.SetResult(() => callback(state));
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
