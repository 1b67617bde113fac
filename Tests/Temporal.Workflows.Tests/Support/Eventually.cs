using System.Diagnostics;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Support;

/// <summary>Waits for conditions, with a deadline.</summary>
public static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? deadline = null)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < (deadline ?? TimeSpan.FromMinutes(2)), "The condition did not hold in time");
            await Task.Delay(50);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, TimeSpan? deadline = null) =>
        HoldsAsync(() => Task.FromResult(condition()), deadline);
}
