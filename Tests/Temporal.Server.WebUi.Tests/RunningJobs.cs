using ImageLibrary.Temporal.Server;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Runtime;
using Temporalio.Worker;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>An embedded server with the official SDK's worker on it, one workflow that runs and one that is complete.</summary>
internal sealed class RunningJobs : IAsyncDisposable
{
    public const string TaskQueue = "image-library";
    public const string RunningId = "scan-holiday";
    public const string CompleteId = "scan-studio";

    // The pages of workers show what reports itself, which it does after a minute by default.
    private static readonly Lazy<TemporalRuntime> Runtime = new(() => new TemporalRuntime(new TemporalRuntimeOptions
    {
        WorkerHeartbeatInterval = TimeSpan.FromSeconds(1),
    }));

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource endActivities = new();
    private readonly TemporalServerHost server;
    private readonly TemporalWorker worker;
    private readonly Task running;

    private RunningJobs(TemporalServerHost server, TemporalClient client)
    {
        this.server = server;
        Client = client;
        worker = new TemporalWorker(client, new TemporalWorkerOptions(TaskQueue) { WorkflowStackTrace = WorkflowStackTrace.Normal }
            .AddWorkflow<LibraryScanLike>().AddWorkflow<CollectionLike>().AddAllActivities(new ScanActivities(endActivities.Task)));
        running = worker.ExecuteAsync(stop.Token);
    }

    public string Address => server.Address;

    public TemporalClient Client { get; }

    public WorkflowHandle Running => Client.GetWorkflowHandle(RunningId);

    public static async Task<RunningJobs> StartAsync()
    {
        var server = await EmbeddedServer.StartAsync();
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address)
        {
            Identity = "worker@test",
            Runtime = Runtime.Value,
        });
        var jobs = new RunningJobs(server, client);
        await jobs.StartScanAsync(CompleteId, "studio");
        await jobs.StartScanAsync(RunningId, "holiday");
        await jobs.UntilAsync(async () => (await jobs.DescribeAsync(RunningId)).PendingActivities is [{ Attempt: 2, HeartbeatDetails: not null }]);
        await client.GetWorkflowHandle(CompleteId).TerminateAsync("an example");
        return jobs;
    }

    /// <summary>What the server says of a workflow.</summary>
    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(string id) => Client.WorkflowService.DescribeWorkflowExecutionAsync(
        new DescribeWorkflowExecutionRequest { Namespace = "default", Execution = new() { WorkflowId = id } });

    /// <summary>Starts one more scan.</summary>
    public Task StartScanAsync(string id, string library) => Client.StartWorkflowAsync(
        (LibraryScanLike scan) => scan.RunAsync(library),
        new WorkflowOptions(id, TaskQueue)
        {
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(LibraryScanLike.LibraryId, library).ToSearchAttributeCollection(),
            StaticSummary = $"Scan of {library}",
        });

    /// <summary>Waits until a condition holds, for half a minute at most.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            Assert.False(running.IsCompleted, "The worker has ended.");
            await Task.Delay(50, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        endActivities.TrySetResult();
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // The worker was told to stop.
        }

        worker.Dispose();
        await server.DisposeAsync();
        stop.Dispose();
    }
}
