using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Tells the engine each second that the activity lives, and hears from it whether to stop.</summary>
internal sealed class ActivityHeartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource ended = new();
    private readonly Task loop;

    private ActivityHeartbeat(ActivityExecutionContext context, TimeProvider time, Func<object?>? details) =>
        loop = Task.Run(() => BeatAsync(context, time, details));

    /// <summary>Starts to beat.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="details">What a retry shall know; null for nothing.</param>
    public static ActivityHeartbeat Start(TimeProvider time, Func<object?>? details = null) =>
        new(ActivityExecutionContext.Current, time, details);

    /// <summary>Stops to beat.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await loop;
        ended.Dispose();
    }

    private async Task BeatAsync(ActivityExecutionContext context, TimeProvider time, Func<object?>? details)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                if (details?.Invoke() is { } known)
                {
                    context.Heartbeat(known);
                }
                else
                {
                    context.Heartbeat();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The activity has ended.
        }
    }
}
