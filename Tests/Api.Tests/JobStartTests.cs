using System.Net;
using ImageLibrary.Api.Problems;
using ImageLibrary.Api.Scans;
using ImageLibrary.Core;
using ImageLibrary.Tests.Api.Support;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Starts of jobs whose workflow id is taken.</summary>
public sealed class JobStartTests(ScannedLibrary library)
{
    [Fact]
    public async Task Scan_WhileTheFormerOneIsClosing_StartsWhenItHasClosed()
    {
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(library.EngineAddress));
        var id = await AddLibraryAsync("closing");
        var closing = await StartUnattendedAsync(client, WorkflowIds.LibraryScan(id));
        var time = new ObservedTime();

        var starting = new JobStarter(library.Server.Store, client, time).ScanLibraryAsync(id, new ScanLibraryRequest(), default);
        await time.Waiting;
        Assert.False(starting.IsCompleted);
        await closing.TerminateAsync();

        var (job, alreadyRunning) = await starting;
        Assert.False(alreadyRunning);
        Assert.NotEqual(closing.ResultRunId, job.Id);
        await library.JobInStateAsync(job.Id, "completed");
    }

    [Fact]
    public async Task CollectionScan_WhileALargerJobHasTheCollection_IsRefusedAtOnce()
    {
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(library.EngineAddress));
        var collection = await library.CollectionAsync("Ähren");
        var time = new ObservedTime();
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("larger-jobs").AddWorkflow<LargerJob>());
        await worker.ExecuteAsync(async () =>
        {
            var larger = await client.StartWorkflowAsync(
                (LargerJob job) => job.RunAsync(WorkflowIds.Collection(collection)), new WorkflowOptions("larger-job", "larger-jobs"));
            await larger.ExecuteUpdateAsync(job => job.HasCollectionAsync());

            var refused = await Assert.ThrowsAsync<ApiProblemException>(
                () => new JobStarter(library.Server.Store, client, time).ScanCollectionAsync(collection, new ScanCollectionRequest(), default));

            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.False(time.Waiting.IsCompleted);
            await larger.TerminateAsync();
        });
    }

    private async Task<string> AddLibraryAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(library.Server.DataDirectory, "..", name)).FullName;
        return ScannedLibrary.Id(await library.PostAsync("libraries", new { rootPath = folder, name }));
    }

    private static Task<WorkflowHandle> StartUnattendedAsync(TemporalClient client, string workflowId) =>
        client.StartWorkflowAsync("LibraryScan", [], new WorkflowOptions(workflowId, "nobody-works-on-this"));

    /// <summary>Tells when somebody waits for time to pass.</summary>
    private sealed class ObservedTime : TimeProvider
    {
        private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            waiting.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Has a collection in work that never ends.</summary>
    [Workflow]
    public sealed class LargerJob
    {
        private bool hasCollection;

        /// <summary>Starts the collection and waits for it.</summary>
        /// <param name="collectionWorkflowId">Id of its workflow.</param>
        [WorkflowRun]
        public async Task RunAsync(string collectionWorkflowId)
        {
            var collection = await Workflow.StartChildWorkflowAsync(
                "CollectionProcessing", [], new ChildWorkflowOptions { Id = collectionWorkflowId, TaskQueue = "nobody-works-on-this" });
            hasCollection = true;
            await collection.GetResultAsync();
        }

        /// <summary>Waits until the collection has been started.</summary>
        [WorkflowUpdate]
        public Task HasCollectionAsync() => Workflow.WaitConditionAsync(() => hasCollection);
    }
}
