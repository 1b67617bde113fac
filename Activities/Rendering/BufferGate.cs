namespace ImageLibrary.Activities;

/// <summary>
/// The buffers that pictures need to be in work. Who came first is served first, so that batches end one after another: each shows
/// as progress and is recorded as soon as can be, and a crash finds few of them begun.
/// </summary>
/// <param name="count">How many buffers there are.</param>
public sealed class BufferGate(int count)
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource<bool>, long> waiting = new();
    private int free = count;
    private long lastTurn;

    /// <summary>A place behind all that have one.</summary>
    public long NextTurn() => Interlocked.Increment(ref lastTurn);

    /// <summary>Waits for a buffer.</summary>
    /// <param name="turn">The place; one wait at a time for each.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False if it was stopped, and no buffer was taken.</returns>
    public async Task<bool> TakeAsync(long turn, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return false;
        }
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return true;
            }
            waiting.Enqueue(waiter, turn);
        }
        await using var registration = stop.UnsafeRegister(_ => waiter.TrySetResult(false), null);
        return await waiter.Task;
    }

    /// <summary>Gives a buffer back.</summary>
    public void Release()
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var next, out _))
            {
                if (next.TrySetResult(true))
                {
                    return;
                }
            }
            free++;
        }
    }
}
