using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Waits on conditions with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static Task<T> GetAsync<T>(Func<Task<T?>> probe, TimeSpan deadline, string what)
        where T : class => GetAsync(probe, deadline, () => what);

    /// <param name="what">Says what was waited for and, at the end of the deadline, how it stood.</param>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> probe, TimeSpan deadline, Func<string> what)
        where T : class
    {
        using var timer = new PeriodicTimer(Interval);
        var end = TimeProvider.System.GetTimestamp() + (long)(deadline.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            if (await probe() is { } found)
            {
                return found;
            }
            if (TimeProvider.System.GetTimestamp() > end)
            {
                Assert.Fail($"not within {deadline.TotalSeconds:0} s: {what()}");
            }
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what) =>
        GetAsync(async () => await condition() ? "yes" : null, deadline, what);
}
