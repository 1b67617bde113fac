namespace ImageLibrary.Activities;

/// <summary>
/// The buffers that pictures need to be in work: so many pictures at once, and so many bytes of source files; a larger one is alone.
/// Who came first is served first, so that batches end one after another: each shows as progress and is recorded as soon as can be,
/// and a crash finds few of them begun.
/// </summary>
/// <param name="count">How many pictures are in work at once.</param>
/// <param name="bytes">How many bytes of source files they have together.</param>
public sealed class BufferGate(int count, long bytes)
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Waiter, long> waiting = new();
    private int pictures;
    private long used;
    private long lastTurn;

    /// <summary>How many pictures have a buffer.</summary>
    public int InWork
    {
        get
        {
            lock (gate)
            {
                return pictures;
            }
        }
    }

    /// <summary>A place behind all that have one.</summary>
    public long NextTurn() => Interlocked.Increment(ref lastTurn);

    /// <summary>Waits for a buffer.</summary>
    /// <param name="turn">The place; one wait at a time for each.</param>
    /// <param name="size">Bytes of the source file.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False if it was stopped, and no buffer was taken.</returns>
    public async Task<bool> TakeAsync(long turn, long size, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return false;
        }
        var waiter = new Waiter(size);
        lock (gate)
        {
            waiting.Enqueue(waiter, turn);
            Admit();
        }
        await using var registration = stop.UnsafeRegister(_ => Leave(waiter), null);
        return await waiter.Answer.Task;
    }

    /// <summary>Counts more bytes for a buffer that was taken, because the source file is larger than it was said to be.</summary>
    /// <param name="bytes">How many more.</param>
    public void Grow(long bytes)
    {
        lock (gate)
        {
            used += bytes;
        }
    }

    /// <summary>Gives a buffer back.</summary>
    /// <param name="size">Bytes of the source file, as it was taken and has grown.</param>
    public void Release(long size)
    {
        lock (gate)
        {
            pictures--;
            used -= size;
            Admit();
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (gate)
        {
            waiter.Answer.TrySetResult(false);
            Admit();
        }
    }

    private void Admit()
    {
        while (waiting.TryPeek(out var next, out _))
        {
            if (!next.Answer.Task.IsCompleted)
            {
                if (pictures == count || (pictures > 0 && used + next.Size > bytes))
                {
                    return;
                }
                pictures++;
                used += next.Size;
                next.Answer.SetResult(true);
            }
            waiting.Dequeue();
        }
    }

    private sealed class Waiter(long size)
    {
        public long Size => size;

        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
