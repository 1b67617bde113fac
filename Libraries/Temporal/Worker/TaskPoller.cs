using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;

namespace Temporalio.Worker;

/// <summary>
/// Polls for tasks of one kind, never asking for more than there are slots: a slot is taken before each poll and kept
/// while its task is handled.
/// </summary>
/// <typeparam name="TTask">Type of the task.</typeparam>
/// <param name="slots">The slots.</param>
/// <param name="poll">Asks the server; null when there is no task.</param>
/// <param name="start">Starts to handle a task, which gives the slot back at its end.</param>
/// <param name="logger">Where failures are logged.</param>
internal sealed partial class TaskPoller<TTask>(
    SemaphoreSlim slots, Func<CancellationToken, Task<TTask?>> poll, Action<TTask> start, ILogger logger)
    where TTask : class
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OverloadPause = TimeSpan.FromSeconds(1);

    // A server that starts, or whose namespace is being made, may refuse polls for a while.
    private static readonly TimeSpan FatalTolerance = TimeSpan.FromSeconds(60);

    // An open poll may carry a task that the server has already counted as started.
    private static readonly TimeSpan LastPollGrace = TimeSpan.FromSeconds(2);

    /// <summary>Polls until told to stop.</summary>
    /// <param name="polls">How many polls are open at a time.</param>
    /// <param name="pollStop">Ends it; open polls get a moment to be answered.</param>
    /// <returns>Completes when no poll is open; fails when the server refused for too long.</returns>
    public async Task RunAsync(int polls, CancellationToken pollStop)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(pollStop);
        using var open = new CancellationTokenSource();
        await using var registration = stop.Token.Register(() => open.CancelAfter(LastPollGrace)).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, polls).Select(_ => LoopAsync(stop, open.Token))).ConfigureAwait(false);
    }

    private static bool IsFatal(Exception failure) => failure is RpcException
    {
        Code: RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unauthenticated
            or RpcException.StatusCode.NotFound or RpcException.StatusCode.Unimplemented or RpcException.StatusCode.FailedPrecondition,
    };

    private async Task LoopAsync(CancellationTokenSource stop, CancellationToken open)
    {
        var pause = FirstPause;
        long? failingSince = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await slots.WaitAsync(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            try
            {
                await PollOnceAsync(open).ConfigureAwait(false);
                pause = FirstPause;
                failingSince = null;
            }
            catch (OperationCanceledException) when (open.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException)
            {
                failingSince ??= TimeProvider.System.GetTimestamp();
                if (IsFatal(e) && TimeProvider.System.GetElapsedTime(failingSince.Value) > FatalTolerance)
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                    throw;
                }
                var wait = e is RpcException { Code: RpcException.StatusCode.ResourceExhausted } && pause < OverloadPause ? OverloadPause : pause;
                Log.PollFailed(logger, e, wait);
                await Task.Delay(wait, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task PollOnceAsync(CancellationToken open)
    {
        TTask? task = null;
        try
        {
            task = await poll(open).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.Cancelled or RpcException.StatusCode.DeadlineExceeded)
        {
            // A long poll that ran into its own timeout is no fault.
            open.ThrowIfCancellationRequested();
        }
        finally
        {
            if (task == null)
            {
                slots.Release();
            }
        }
        if (task != null)
        {
            start(task);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Polling failed, trying again in {Wait}")]
        public static partial void PollFailed(ILogger logger, Exception exception, TimeSpan wait);
    }
}
