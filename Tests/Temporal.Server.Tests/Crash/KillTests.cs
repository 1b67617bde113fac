using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Tests.Temporal.Server.Crash;

/// <summary>Kills a real engine process while it works: what it has acknowledged must be there afterwards, once.</summary>
public sealed class KillTests
{
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(2);

    /// <summary>What recovery may add to the start of an empty engine; other programs on the machine slow both.</summary>
    private static readonly TimeSpan QuickRecovery = TimeSpan.FromSeconds(3);

    private static bool LongForm => Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1";

    private static int Kills => LongForm ? 40 : 3;

    [Fact]
    public async Task Kill_UnderLoad_KeepsWhatWasAcknowledged()
    {
        var random = new Random(LongForm ? Environment.TickCount : 7);
        await using var engine = new EngineProcess();
        var empty = await engine.StartAsync();
        using var load = new CrashLoad(engine.Address);
        load.Start();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 800)));
            await engine.KillAsync();
            Assert.InRange(await engine.StartAsync(), TimeSpan.Zero, 3 * empty + QuickRecovery);
        }

        await load.StopStartingAsync();
        await DrainAsync(load);
        await load.StopWorkingAsync();

        Assert.NotEmpty(load.Started);
        foreach (var (workflowId, runId) in load.Started)
        {
            var events = await load.HistoryAsync(workflowId, runId);
            HistoryInvariants.Check(events, isOpen: false);
            Assert.Equal(EventType.WorkflowExecutionCompleted, events[^1].EventType);
            Assert.Equal(
                load.Signaled.Where(signal => signal.WorkflowId == workflowId).Select(signal => signal.RequestId).Order(StringComparer.Ordinal),
                events.Select(e => e.WorkflowExecutionSignaledEventAttributes?.RequestId).OfType<string>());
            var completed = events.Select(e => e.WorkflowTaskCompletedEventAttributes?.StartedEventId).OfType<long>().ToHashSet();
            Assert.All(load.CompletedTasks.Where(task => task.WorkflowId == workflowId), task => Assert.Contains(task.StartedEventId, completed));
            var activity = Assert.Single(events, e => e.EventType == EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes;
            Assert.All(load.CompletedActivities.Where(each => each.WorkflowId == workflowId), each => Assert.Equal(each.Worker, activity.Identity));
        }

        Assert.Equal(load.Started.Count, (await load.CountAsync("ExecutionStatus = 'Completed'")).Count);
    }

    private static async Task DrainAsync(CrashLoad load)
    {
        using var deadline = new CancellationTokenSource(DrainDeadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await load.CountAsync("ExecutionStatus = 'Running'")).Count > 0)
        {
            Assert.True(await timer.WaitForNextTickAsync(deadline.Token), "workflows go on");
        }
    }
}
