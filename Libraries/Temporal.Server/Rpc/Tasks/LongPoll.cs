using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Wire;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>How long a poll waits, and how it ends.</summary>
internal static class LongPoll
{
    private static readonly TimeSpan Maximum = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    /// <summary>A poll is answered so long before its caller gives up.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Waits for a task until shortly before the caller's deadline.</summary>
    /// <returns>The task, or null when there was none.</returns>
    /// <exception cref="RpcException">The deadline is too near (FAILED_PRECONDITION), or the server stops (UNAVAILABLE).</exception>
    public static async Task<TReply?> WaitAsync<TTask, TReply>(
        TemporalEngine engine, TaskQueueSet<TTask, TReply> queues, string namespaceName, string queue, PollSlot<TReply> poller, RpcCall call)
        where TReply : class
    {
        if (call.Timeout < Shortest)
        {
            throw RpcException.FailedPrecondition($"Context timeout is too short for a long poll: {call.Timeout.Value.TotalSeconds} s.");
        }

        if (engine.Workers.HasEnded(namespaceName, poller.Worker))
        {
            return null;
        }

        var wait = call.Timeout is { } timeout && timeout - Margin < Maximum ? timeout - Margin : Maximum;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        limit.CancelAfter(wait);
        await using var registration = limit.Token.Register(() => engine.Shard.Post(() => queues.Cancel(namespaceName, queue, poller))).ConfigureAwait(false);
        engine.Shard.Post(() => queues.Poll(namespaceName, queue, poller));
        return await poller.Answer.ConfigureAwait(false);
    }
}
