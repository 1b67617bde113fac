using System.Collections.Concurrent;

namespace ImageLibrary.Activities;

/// <summary>Threads of their own, which give way to everything else; work that a person waits for goes first.</summary>
public abstract class BackgroundThreads : IDisposable
{
    private const int Nice = 10;
    private readonly ConcurrentQueue<Action> urgent = new();
    private readonly ConcurrentQueue<Action> ordinary = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly CancellationTokenSource closing = new();
    private readonly List<Thread> threads = [];

    private protected BackgroundThreads(string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"{name} {i + 1}" };
            threads.Add(thread);
            thread.Start();
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

    /// <summary>Ends the threads after the work in hand.</summary>
    public void Dispose()
    {
        closing.Cancel();
        foreach (var thread in threads)
        {
            thread.Join();
        }
        available.Dispose();
        closing.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Work()
    {
        Posix.LowerPriority(Nice);
        while (true)
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
    }
}
