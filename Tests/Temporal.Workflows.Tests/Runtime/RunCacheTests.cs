using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Converters;
using Temporalio.Worker.WorkflowRuntime;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Runtime;

public sealed class RunCacheTests
{
    [Fact]
    public async Task Leave_OverCapacity_TheLeastRecentlyUsedGoes()
    {
        var cache = new RunCache(2);
        await UseAsync(cache, "a", "b", "a", "c");
        Assert.Equal(2, cache.Count);
        using var lane = await cache.EnterAsync("b");
        Assert.Null(lane.Run);
        using var kept = await cache.EnterAsync("a");
        Assert.NotNull(kept.Run);
    }

    [Fact]
    public async Task Leave_WhileUsed_NeverEvicts()
    {
        var cache = new RunCache(1);
        var used = await cache.EnterAsync("a");
        used.Run = NewRun();
        await UseAsync(cache, "b", "c");
        Assert.NotNull(used.Run);
        used.Dispose();
        using var again = await cache.EnterAsync("a");
        Assert.NotNull(again.Run);
    }

    [Fact]
    public async Task Enter_WhileAnotherTaskUsesTheRun_Waits()
    {
        var cache = new RunCache(1);
        var first = await cache.EnterAsync("a");
        var second = cache.EnterAsync("a");
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Leave_WithoutCapacity_KeepsNothing()
    {
        var cache = new RunCache(0);
        await UseAsync(cache, "a");
        Assert.Equal(0, cache.Count);
    }

    private static async Task UseAsync(RunCache cache, params string[] runs)
    {
        foreach (var run in runs)
        {
            using var lane = await cache.EnterAsync(run);
            lane.Run ??= NewRun();
        }
    }

    private static WorkflowRun NewRun() => new(
        new("default", "queue", string.Empty, [], DataConverter.Default, [], NullLoggerFactory.Instance), "workflow", "run");
}
