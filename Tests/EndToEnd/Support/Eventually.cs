using System.Diagnostics;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Waits on conditions with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    // Looking must not slow down what is looked at: a probe that takes long is made more rarely.
    private const int WaitPerProbe = 4;

    public static Task<T> GetAsync<T>(Func<Task<T?>> probe, TimeSpan deadline, string what)
        where T : class => GetAsync(probe, deadline, () => what);

    /// <param name="what">Says what was waited for and, at the end of the deadline, how it stood.</param>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> probe, TimeSpan deadline, Func<string> what)
        where T : class
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            if (await probe() is { } found)
            {
                return found;
            }
            if (Stopwatch.GetElapsedTime(begun) > deadline)
            {
                Assert.Fail($"not within {deadline.TotalSeconds:0} s: {what()}");
            }
            var took = Stopwatch.GetElapsedTime(asked);
            await Task.Delay(took * WaitPerProbe > Interval ? took * WaitPerProbe : Interval);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what) =>
        GetAsync(async () => await condition() ? "yes" : null, deadline, what);
}
