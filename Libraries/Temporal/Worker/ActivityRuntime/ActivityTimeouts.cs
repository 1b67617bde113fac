using Temporalio.Activities;

namespace Temporalio.Worker.ActivityRuntime;

/// <summary>
/// Cancels an activity whose time has run out, although no answer of the server says so: the server may be out of reach.
/// </summary>
internal sealed class ActivityTimeouts : IDisposable
{
    // The server decides first, if it can be reached.
    private static readonly TimeSpan Buffer = TimeSpan.FromSeconds(5);

    private readonly Timer? startToClose;
    private readonly Timer? heartbeat;
    private readonly TimeSpan heartbeatTimeout;

    public ActivityTimeouts(ActivityExecutionContext context)
    {
        startToClose = Create(context, context.Info.StartToCloseTimeout);
        heartbeat = Create(context, context.Info.HeartbeatTimeout);
        heartbeatTimeout = (context.Info.HeartbeatTimeout ?? TimeSpan.Zero) + Buffer;
    }

    public void OnHeartbeat() => heartbeat?.Change(heartbeatTimeout, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        startToClose?.Dispose();
        heartbeat?.Dispose();
    }

    private static Timer? Create(ActivityExecutionContext context, TimeSpan? timeout)
    {
        // Longer than a timer can wait means practically for ever.
        if (timeout is not { } span || span > TimeSpan.FromDays(40))
        {
            return null;
        }
        return new(
            static state => ((ActivityExecutionContext)state!).Cancel(ActivityCancelReason.Timeout, new() { IsTimedOut = true }),
            context,
            span + Buffer,
            Timeout.InfiniteTimeSpan);
    }
}
