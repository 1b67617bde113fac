using System.Collections.Concurrent;

namespace ImageLibrary.Activities;

/// <summary>Threads of their own, so that long work keeps no thread of the pool; work that a person waits for goes first.</summary>
public abstract class BackgroundThreads : IDisposable
{
    private readonly string name;
    private readonly int nice;
    private readonly ConcurrentQueue<Action> urgent = new();
    private readonly ConcurrentQueue<Action> ordinary = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly HashSet<Thread> threads = [];
    private int started;

    private protected BackgroundThreads(string name, int count, int nice)
    {
        this.name = name;
        this.nice = nice;
        for (var i = 0; i < count; i++)
        {
            StartThread();
        }
    }

    /// <summary>Runs work on one of the threads.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isUrgent">A person waits for it.</param>
    public Task<T> RunAsync<T>(Func<T> work, bool isUrgent = false)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        (isUrgent ? urgent : ordinary).Enqueue(() =>
        {
            try
            {
                completion.SetResult(work());
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        });
        available.Release();
        return completion.Task;
    }

    /// <summary>Runs work that may hang in the operating system. A thread that is lost to it is replaced.</summary>
    /// <param name="work">The work.</param>
    /// <param name="deadline">How long it may take from its start on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isUrgent">A person waits for it.</param>
    /// <exception cref="TimeoutException">It took longer; what it still comes to is disposed of.</exception>
    public Task<T> RunAsync<T>(Func<T> work, TimeSpan deadline, TimeProvider time, bool isUrgent = false)
        where T : IDisposable? =>
        RunAsync(work, (result, _) => result.WaitAsync(deadline, time), isUrgent);

    /// <summary>Runs work that may take long, and may hang in the operating system. A thread that is lost to it is replaced.</summary>
    /// <param name="work">The work.</param>
    /// <param name="deadline">For how long it may get nowhere.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="TimeoutException">It hangs; what it still comes to is disposed of.</exception>
    public Task<T> RunLongAsync<T>(Func<T> work, TimeSpan deadline, TimeProvider time)
        where T : IDisposable? =>
        RunAsync(work, (result, thread) => StallWatch.WaitAsync(result, thread, deadline, time, CancellationToken.None), isUrgent: false);

    /// <summary>Ends the threads after the work in hand.</summary>
    public void Dispose()
    {
        closing.Cancel();
        Thread[] open;
        lock (gate)
        {
            open = [.. threads];
        }
        foreach (var thread in open)
        {
            thread.Join();
        }
        available.Dispose();
        closing.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<T> RunAsync<T>(Func<T> work, Func<Task<T>, int, Task<T>> wait, bool isUrgent)
        where T : IDisposable?
    {
        var begun = new TaskCompletionSource<(Thread Thread, int Id)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = RunAsync(
            () =>
            {
                begun.SetResult((Thread.CurrentThread, Posix.ThreadId()));
                return work();
            },
            isUrgent);
        var (thread, id) = await begun.Task;
        try
        {
            return await wait(result, id);
        }
        catch (TimeoutException) when (!result.IsCompleted)
        {
            Abandon(thread);
            _ = DisposeLateAsync(result);
            throw;
        }
    }

    private static async Task DisposeLateAsync<T>(Task<T> result)
        where T : IDisposable?
    {
        await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (result.IsCompletedSuccessfully)
        {
            (await result)?.Dispose();
        }
    }

    private void StartThread()
    {
        lock (gate)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"{name} {++started}" };
            threads.Add(thread);
            thread.Start();
        }
    }

    private void Abandon(Thread thread)
    {
        lock (gate)
        {
            threads.Remove(thread);
        }
        StartThread();
    }

    private bool IsAbandoned()
    {
        lock (gate)
        {
            return !threads.Contains(Thread.CurrentThread);
        }
    }

    private void Work()
    {
        Posix.LowerPriority(nice);
        do
        {
            try
            {
                available.Wait(closing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            if (urgent.TryDequeue(out var work) || ordinary.TryDequeue(out work))
            {
                work();
            }
        }
        while (!IsAbandoned());
    }
}
