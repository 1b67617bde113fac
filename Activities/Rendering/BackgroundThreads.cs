using System.Collections.Concurrent;

namespace ImageLibrary.Activities;

/// <summary>Threads of their own, which give way to everything else; work that a person waits for goes first.</summary>
public abstract class BackgroundThreads : IDisposable
{
    private const int Nice = 10;
    private readonly string name;
    private readonly ConcurrentQueue<Action> urgent = new();
    private readonly ConcurrentQueue<Action> ordinary = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly HashSet<Thread> threads = [];
    private int started;

    private protected BackgroundThreads(string name, int count)
    {
        this.name = name;
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
    public async Task<T> RunAsync<T>(Func<T> work, TimeSpan deadline, TimeProvider time, bool isUrgent = false)
        where T : IDisposable?
    {
        var begun = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = RunAsync(
            () =>
            {
                begun.SetResult(Thread.CurrentThread);
                return work();
            },
            isUrgent);
        var thread = await begun.Task;
        try
        {
            return await result.WaitAsync(deadline, time);
        }
        catch (TimeoutException) when (!result.IsCompleted)
        {
            Abandon(thread);
            _ = DisposeLateAsync(result);
            throw;
        }
    }

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
        Posix.LowerPriority(Nice);
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
