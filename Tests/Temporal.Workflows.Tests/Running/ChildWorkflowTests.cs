using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>Children and other workflows.</summary>
public sealed class ChildWorkflowTests(TemporalServer server)
{
    [Workflow]
    public class ChildWorkflow
    {
        private string? released;

        [WorkflowRun]
        public async Task<string> RunAsync(string work)
        {
            switch (work)
            {
                case "fail":
                    throw new ApplicationFailureException("child failed", "ChildFailure");
                case "wait":
                    await Workflow.WaitConditionAsync(() => released != null);
                    return released!;
                default:
                    return $"done {work}";
            }
        }

        [WorkflowSignal]
        public Task ReleaseAsync(string word)
        {
            released = word;
            return Task.CompletedTask;
        }
    }

    /// <summary>Keeps a window of children in flight, as the application's scan does.</summary>
    [Workflow]
    public class WindowWorkflow
    {
        [WorkflowRun]
        public async Task<int> RunAsync(int total, int window)
        {
            var inFlight = new List<Task<string>>();
            var next = 0;
            var done = 0;
            while (done < total)
            {
                while (next < total && inFlight.Count < window)
                {
                    var name = $"{next++}";
                    inFlight.Add(Workflow.ExecuteChildWorkflowAsync(
                        (ChildWorkflow w) => w.RunAsync(name), new() { Id = $"{Workflow.Info.WorkflowId}/{name}" }));
                }

                inFlight.Remove(await Workflow.WhenAnyAsync(inFlight));
                done++;
            }

            return done;
        }
    }

    [Workflow]
    public class ParentWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            var id = $"{Workflow.Info.WorkflowId}/child";
            switch (what)
            {
                case "signal":
                    var child = await Workflow.StartChildWorkflowAsync(
                        (ChildWorkflow w) => w.RunAsync("wait"), new() { Id = id });
                    await child.SignalAsync(w => w.ReleaseAsync("signalled"));
                    return await child.GetResultAsync();
                case "external":
                    var other = await Workflow.StartChildWorkflowAsync(
                        (ChildWorkflow w) => w.RunAsync("wait"), new() { Id = id });
                    await Workflow.GetExternalWorkflowHandle<ChildWorkflow>(id).SignalAsync(w => w.ReleaseAsync("from outside"));
                    return await other.GetResultAsync();
                case "missing":
                    var missing = await Assert.ThrowsAsync<ApplicationFailureException>(
                        () => Workflow.GetExternalWorkflowHandle("no such workflow").SignalAsync("Release", ["x"]));
                    return missing.Message;
                case "fail":
                    var failed = await Assert.ThrowsAsync<ChildWorkflowFailureException>(() =>
                        Workflow.ExecuteChildWorkflowAsync((ChildWorkflow w) => w.RunAsync("fail"), new() { Id = id }));
                    return $"{failed.WorkflowType}: {failed.InnerException!.Message}";
                case "twice":
                    await Workflow.StartChildWorkflowAsync((ChildWorkflow w) => w.RunAsync("wait"), new() { Id = id });
                    var taken = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() =>
                        Workflow.StartChildWorkflowAsync((ChildWorkflow w) => w.RunAsync("wait"), new() { Id = id }));
                    return taken.WorkflowId == id ? "taken" : taken.WorkflowId;
                case "cancelBeforeSent":
                    using (var cancel = new CancellationTokenSource())
                    {
                        var start = Workflow.StartChildWorkflowAsync(
                            (ChildWorkflow w) => w.RunAsync("wait"), new() { Id = id, CancellationToken = cancel.Token });
                        cancel.Cancel();
                        var e = await Assert.ThrowsAsync<ChildWorkflowFailureException>(() => start);
                        return e.InnerException!.GetType().Name;
                    }

                default:
                    return await CancelChildAsync(id, Enum.Parse<ChildWorkflowCancellationType>(what));
            }
        }

        private static async Task<string> CancelChildAsync(string id, ChildWorkflowCancellationType type)
        {
            using var cancel = new CancellationTokenSource();
            var child = await Workflow.StartChildWorkflowAsync(
                (ChildWorkflow w) => w.RunAsync("wait"),
                new() { Id = id, CancellationToken = cancel.Token, CancellationType = type });
            cancel.Cancel();
            var e = await Assert.ThrowsAsync<ChildWorkflowFailureException>(() => child.GetResultAsync());
            return e.InnerException!.GetType().Name;
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task ExecuteChildWorkflowAsync_SlidingWindow_RunsAll(int cached) => WorkerRun.RunAsync(
        server,
        options =>
        {
            options.AddWorkflow<WindowWorkflow>().AddWorkflow<ChildWorkflow>();
            options.MaxCachedWorkflows = cached;
        },
        async run => Assert.Equal(
            12, await run.Client.ExecuteWorkflowAsync((WindowWorkflow w) => w.RunAsync(12, 4), run.NewWorkflow())));

    [Theory]
    [InlineData("signal", "signalled")]
    [InlineData("external", "from outside")]
    [InlineData("missing", "Unable to signal external workflow because it was not found")]
    [InlineData("fail", "ChildWorkflow: child failed")]
    [InlineData("twice", "taken")]
    [InlineData("cancelBeforeSent", nameof(CanceledFailureException))]
    [InlineData(nameof(ChildWorkflowCancellationType.WaitCancellationCompleted), nameof(CanceledFailureException))]
    [InlineData(nameof(ChildWorkflowCancellationType.TryCancel), nameof(CanceledFailureException))]
    [InlineData(nameof(ChildWorkflowCancellationType.Abandon), nameof(CanceledFailureException))]
    public Task ChildWorkflow_EachUse_EndsAsExpected(string what, string expected) => WorkerRun.RunAsync(
        server,
        options => options.AddWorkflow<ParentWorkflow>().AddWorkflow<ChildWorkflow>(),
        async run => Assert.Equal(
            expected, await run.Client.ExecuteWorkflowAsync((ParentWorkflow w) => w.RunAsync(what), run.NewWorkflow())));
}
