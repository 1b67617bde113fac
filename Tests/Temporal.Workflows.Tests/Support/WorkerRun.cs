using Temporalio.Client;
using Temporalio.Worker;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Support;

/// <summary>A worker on a task queue of its own, for the time of one test.</summary>
public sealed class WorkerRun(ITemporalClient client, string taskQueue)
{
    public ITemporalClient Client => client;

    public string TaskQueue => taskQueue;

    /// <summary>Runs a test against a worker.</summary>
    public static async Task RunAsync(
        TemporalServer server, Action<TemporalWorkerOptions> configure, Func<WorkerRun, Task> test)
    {
        var client = await server.ConnectAsync();
        var options = new TemporalWorkerOptions($"queue-{Guid.NewGuid():N}");
        configure(options);
        using var worker = new TemporalWorker(client, options);
        await worker.ExecuteAsync(
            () => test(new(client, options.TaskQueue!)), TestContext.Current.CancellationToken);
    }

    /// <summary>Options for a new workflow.</summary>
    public WorkflowOptions NewWorkflow(Action<WorkflowOptions>? change = null)
    {
        var options = new WorkflowOptions($"workflow-{Guid.NewGuid():N}", taskQueue);
        change?.Invoke(options);
        return options;
    }
}
