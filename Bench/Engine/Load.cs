using System.Diagnostics;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace ImageLibrary.Bench.Engine;

/// <summary>What one server achieved.</summary>
/// <param name="PerSecond">One-activity workflows a second with 32 clients.</param>
/// <param name="MedianMilliseconds">Median time from start to result with one client.</param>
internal sealed record Figures(double PerSecond, double MedianMilliseconds);

/// <summary>Runs workflows of one activity and measures them from the client's side.</summary>
internal static class Load
{
    private const string Queue = "bench";
    private const int Clients = 32;
    private const int Serial = 30;

    public static async Task<Figures> RunAsync(string address, int workflows)
    {
        var client = await TemporalClient.ConnectAsync(new(address));
        var options = new TemporalWorkerOptions(Queue).AddActivity(OneActivity.Work).AddWorkflow<OneActivity>();
        using var worker = new TemporalWorker(client, options);
        return await worker.ExecuteAsync(async () =>
        {
            // The first runs warm up both sides and are not counted.
            await ManyAsync(client, Clients);
            var watch = Stopwatch.StartNew();
            await ManyAsync(client, workflows);
            var perSecond = workflows / watch.Elapsed.TotalSeconds;
            return new Figures(perSecond, await MedianAsync(client));
        });
    }

    private static async Task ManyAsync(TemporalClient client, int workflows)
    {
        var left = workflows;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await OneAsync(client);
            }
        }));
    }

    private static async Task<double> MedianAsync(TemporalClient client)
    {
        var times = new List<double>();
        for (var i = 0; i < Serial; i++)
        {
            var watch = Stopwatch.StartNew();
            await OneAsync(client);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    private static Task<int> OneAsync(TemporalClient client) => client.ExecuteWorkflowAsync(
        (OneActivity workflow) => workflow.RunAsync(1), new WorkflowOptions($"bench-{Guid.NewGuid()}", Queue));
}

/// <summary>A workflow of one activity.</summary>
[Workflow]
public sealed class OneActivity
{
    /// <summary>Adds one.</summary>
    /// <param name="value">A number.</param>
    [Activity]
    public static int Work(int value) => value + 1;

    /// <summary>Runs the activity.</summary>
    /// <param name="value">A number.</param>
    [WorkflowRun]
    public Task<int> RunAsync(int value) => Workflow.ExecuteActivityAsync(
        () => Work(value), new ActivityOptions { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
}
