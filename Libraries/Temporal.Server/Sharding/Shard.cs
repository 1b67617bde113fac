using System.Threading.Channels;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Temporal.Server.Sharding;

/// <summary>
/// The single-writer loop. All state of workflows and task queues belongs to it: handlers run to completion, one after the other, and
/// emit transitions; nothing here waits for the disk.
/// </summary>
internal sealed partial class Shard : IAsyncDisposable
{
    private const int MaximumBacklog = 20_000;

    private readonly Channel<Action> inbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CommitQueue commits;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private Task loop = Task.CompletedTask;
    private int backlog;
    private volatile bool stopping;

    public Shard(CommitQueue commits, TimeProvider time, ILogger logger)
    {
        this.commits = commits;
        this.time = time;
        this.logger = logger;
        Timers = new TimerQueue(time, Post);
        commits.Committed = batch => Post(() => OnCommitted(batch));
    }

    /// <summary>What falls due later; belongs to the loop.</summary>
    public TimerQueue Timers { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public void Start() => loop = Task.Run(RunAsync);

    /// <summary>Ends waiting calls with UNAVAILABLE from here on.</summary>
    public void BeginStop() => stopping = true;

    /// <summary>
    /// Runs a handler on the loop. The task completes with its result when everything that the handler wrote, and everything that it may
    /// have seen, is durable.
    /// </summary>
    /// <exception cref="RpcException">The handler refused, the server is overloaded (RESOURCE_EXHAUSTED), or it stops (UNAVAILABLE).</exception>
    public Task<T> ExecuteAsync<T>(Func<Transition, T> handler)
    {
        if (stopping)
        {
            throw RpcException.Unavailable("The server is stopping.");
        }

        if (Volatile.Read(ref backlog) + commits.Outstanding > MaximumBacklog)
        {
            throw RpcException.ResourceExhausted("The server is overloaded.");
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref backlog);
        Post(() =>
        {
            Interlocked.Decrement(ref backlog);
            Execute(handler, done);
        });
        return done.Task;
    }

    /// <summary>Runs a handler on the loop whose caller does not wait for the disk.</summary>
    /// <exception cref="RpcException">The handler refused, or the server stops (UNAVAILABLE).</exception>
    public Task<T> ExecuteLazyAsync<T>(Func<Transition, T> handler)
    {
        if (stopping)
        {
            throw RpcException.Unavailable("The server is stopping.");
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                Apply(step => done.SetResult(handler(step)), lazy: true);
            }
            catch (RpcException refusal)
            {
                done.SetException(refusal);
            }
        });
        return done.Task;
    }

    /// <summary>Runs something on the loop, for the server's own purposes.</summary>
    public void Post(Action work) => inbox.Writer.TryWrite(work);

    /// <summary>Runs a transition that nobody waits for, now; only on the loop.</summary>
    /// <param name="handler">What happens.</param>
    /// <param name="lazy">Whether it may wait for the next commit that somebody waits for.</param>
    public void Apply(Action<Transition> handler, bool lazy = false)
    {
        var transition = new Transition(this, Now);
        handler(transition);
        transition.Complete();
        Emit(transition, lazy);
    }

    public async ValueTask DisposeAsync()
    {
        stopping = true;
        Timers.Dispose();
        inbox.Writer.TryComplete();
        await loop.ConfigureAwait(false);
    }

    private void Execute<T>(Func<Transition, T> handler, TaskCompletionSource<T> done)
    {
        var transition = new Transition(this, Now);
        T result;
        try
        {
            result = handler(transition);
            transition.Complete();
        }
        catch (RpcException refusal)
        {
            done.SetException(refusal);
            return;
        }
        catch (Exception exception)
        {
            LogFault(logger, exception);
            done.SetException(new RpcException(StatusCode.Internal, "The server failed to answer; its log has the cause."));
            return;
        }

        transition.OnRelease(
            () =>
            {
                if (transition.Refusal is { } refusal)
                {
                    done.TrySetException(refusal);
                }
                else
                {
                    done.TrySetResult(result);
                }
            },
            () => done.TrySetException(RpcException.Unavailable("The server is stopping.")));
        Emit(transition, lazy: false);
    }

    private void Emit(Transition transition, bool lazy)
    {
        if (transition.Writes.IsEmpty && commits.Outstanding == 0)
        {
            transition.Release();
            transition.RunAfterCommit();
        }
        else
        {
            commits.Enqueue(transition, lazy);
        }
    }

    private static void OnCommitted(IReadOnlyList<PendingCommit> batch)
    {
        foreach (var transition in batch.OfType<Transition>())
        {
            transition.RunAfterCommit();
        }
    }

    private async Task RunAsync()
    {
        await foreach (var work in inbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                LogFault(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A transition failed")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
