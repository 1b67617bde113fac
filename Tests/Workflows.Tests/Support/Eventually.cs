using System.Diagnostics;

namespace ImageLibrary.Tests.Workflows.Support;

internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Deadline)
            {
                throw new TimeoutException("The condition did not hold in time.");
            }
            await Task.Delay(50);
        }
    }
}
