using System.Diagnostics.CodeAnalysis;
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
    private int unsettled;
    private volatile bool stopping;
    private volatile string? damage;

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

    /// <summary>
    /// Puts back what a failed handler has changed, as it stands on disk; everything handed over before is durable by then. Called on the
    /// loop.
    /// </summary>
    public Action<IReadOnlyList<ITransitionPart>, bool> RollBack { get; set; } = (_, _) => { };

    public void Start() => loop = Task.Run(RunAsync);

    /// <summary>Ends waiting calls with UNAVAILABLE from here on.</summary>
    public void BeginStop() => stopping = true;

    /// <summary>Refuses everything with DATA_LOSS from here on: the database cannot be trusted.</summary>
    /// <param name="reason">What the callers are told.</param>
    public void Refuse(string reason) => damage = reason;

    /// <summary>
    /// Runs a handler on the loop. The task completes with its result when everything that the handler wrote, and everything that it may
    /// have seen, is durable.
    /// </summary>
    /// <exception cref="RpcException">The handler refused, the server is overloaded (RESOURCE_EXHAUSTED), or it stops (UNAVAILABLE).</exception>
    public Task<T> ExecuteAsync<T>(Func<Transition, T> handler)
    {
        RefuseUnlessRunning();

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
        RefuseUnlessRunning();

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            var transition = new Transition(this, Now);
            if (TryRun(transition, handler, out var result, out var refusal))
            {
                Emit(transition, lazy: true);
                done.SetResult(result);
            }
            else
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
    /// <returns>Whether it happened; if not, the cause is logged, and everything is as before.</returns>
    public bool Apply(Action<Transition> handler, bool lazy = false)
    {
        var transition = new Transition(this, Now);
        try
        {
            handler(transition);
            transition.Complete();
        }
        catch (Exception exception)
        {
            Undo(transition);
            LogFault(logger, exception);
            return false;
        }

        Emit(transition, lazy);
        return true;
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
        if (!TryRun(transition, handler, out var result, out var fault))
        {
            Refuse(done, fault);
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
            () => done.TrySetException(Stopping()));
        Emit(transition, lazy: false);
    }

    private bool TryRun<T>(Transition transition, Func<Transition, T> handler, out T result, [NotNullWhen(false)] out RpcException? refusal)
    {
        try
        {
            result = handler(transition);
            transition.Complete();
            refusal = null;
            return true;
        }
        catch (RpcException exception)
        {
            Undo(transition);
            refusal = exception;
        }
        catch (Exception exception)
        {
            Undo(transition);
            LogFault(logger, exception);
            refusal = new RpcException(StatusCode.Internal, "The server failed to answer; its log has the cause.");
        }

        result = default!;
        return false;
    }

    // A refusal, too, tells of what the handler has seen: it waits until that is durable.
    private void Refuse<T>(TaskCompletionSource<T> done, RpcException refusal)
    {
        if (unsettled == 0)
        {
            done.SetException(refusal);
            return;
        }

        var answer = new PendingCommit();
        answer.OnRelease(() => done.TrySetException(refusal), () => done.TrySetException(Stopping()));
        commits.Enqueue(answer, lazy: false);
    }

    // A handler that fails half-way leaves state in memory that no history has: it is dropped and read again.
    private void Undo(Transition transition)
    {
        if (transition.Parts.Count == 0)
        {
            return;
        }

        try
        {
            // Where the server stops, the disk may still be behind: the runs are dropped only.
            RollBack(transition.Parts, commits.Flush(() => stopping));
        }
        catch (Exception exception)
        {
            LogFault(logger, exception);
        }
    }

    private void Emit(Transition transition, bool lazy)
    {
        if (transition.Writes.IsEmpty && unsettled == 0)
        {
            transition.Release();
            Settle(transition);
        }
        else
        {
            unsettled++;
            commits.Enqueue(transition, lazy);
        }
    }

    private void OnCommitted(IReadOnlyList<PendingCommit> batch)
    {
        foreach (var pending in batch)
        {
            (pending as Transition)?.NoteDurable();
        }

        foreach (var pending in batch)
        {
            if (pending is Transition transition)
            {
                unsettled--;
                Settle(transition);
            }
        }
    }

    private void Settle(Transition transition)
    {
        try
        {
            transition.RunAfterCommit();
        }
        catch (Exception exception)
        {
            LogFault(logger, exception);
        }
    }

    private void RefuseUnlessRunning()
    {
        if (stopping)
        {
            throw Stopping();
        }

        if (damage is { } reason)
        {
            throw new RpcException(StatusCode.DataLoss, reason);
        }
    }

    private static RpcException Stopping() => RpcException.Unavailable("The server is stopping.");

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
