using System.Diagnostics;
using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>
/// The only writer of the database. It drains everything that waits into one SQLite transaction, so that one synchronisation with the
/// disk serves every transition that came up during the previous one, and only then releases replies. Where the disk refuses (full, for
/// example), it tries again until it accepts: state in memory is never ahead of the disk for a caller.
/// </summary>
internal sealed partial class CommitQueue : IAsyncDisposable
{
    private static readonly TimeSpan LazyDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushCheck = TimeSpan.FromMilliseconds(10);

    private readonly object gate = new();
    private readonly SqliteConnection connection;
    private readonly RowWriter rows;
    private readonly ILogger logger;
    private readonly Thread thread;
    private List<PendingCommit> waiting = [];
    private bool urgent;
    private bool stopping;
    private volatile int outstanding;

    public CommitQueue(SqliteConnection connection, Action<SqliteConnection, VisibilityRecord> visibility, ILogger logger)
    {
        this.connection = connection;
        this.logger = logger;
        rows = new RowWriter(connection, visibility);
        thread = new Thread(Run) { IsBackground = true, Name = "temporal-commit" };
    }

    /// <summary>
    /// Receives what has become durable, in order, before the replies are released: who has an answer finds what followed from it, such as
    /// a task that waits. Called on the commit thread.
    /// </summary>
    public Action<IReadOnlyList<PendingCommit>> Committed { get; set; } = _ => { };

    /// <summary>Transitions that are not durable yet.</summary>
    public int Outstanding => outstanding;

    public void Start() => thread.Start();

    /// <summary>Hands a transition over.</summary>
    /// <param name="commit">The transition.</param>
    /// <param name="lazy">Nobody waits for it: it goes with the next commit, or after one second.</param>
    public void Enqueue(PendingCommit commit, bool lazy)
    {
        lock (gate)
        {
            if (stopping)
            {
                commit.Abandon();
                return;
            }

            waiting.Add(commit);
            Interlocked.Increment(ref outstanding);
            if (!lazy)
            {
                urgent = true;
                Monitor.PulseAll(gate);
            }
            else if (waiting.Count == 1)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Blocks until everything handed over so far is durable, or there is no point in waiting.</summary>
    /// <param name="giveUp">Whether to stop waiting, asked now and then.</param>
    /// <returns>Whether everything is durable.</returns>
    public bool Flush(Func<bool> giveUp)
    {
        lock (gate)
        {
            urgent = true;
            Monitor.PulseAll(gate);
            while (outstanding > 0 && !stopping && !giveUp())
            {
                Monitor.Wait(gate, FlushCheck);
            }

            return outstanding == 0;
        }
    }

    /// <summary>Writes rows that belong to no run, and completes when they are durable.</summary>
    public Task WriteAsync(Action<SqliteConnection> write)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commit = new PendingCommit();
        commit.Writes.Others.Add(write);
        commit.OnRelease(done.SetResult, () => done.TrySetException(RpcException.Unavailable("The server is stopping.")));
        Enqueue(commit, lazy: false);
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.PulseAll(gate);
        }

        if (thread.IsAlive)
        {
            await Task.Run(thread.Join).ConfigureAwait(false);
        }

        rows.Dispose();
    }

    private void Run()
    {
        while (Take() is { } batch)
        {
            if (!Write(batch))
            {
                batch.ForEach(commit => commit.Abandon());
                return;
            }

            Committed(batch);
            batch.ForEach(commit => commit.Release());
            Interlocked.Add(ref outstanding, -batch.Count);
        }
    }

    private List<PendingCommit>? Take()
    {
        lock (gate)
        {
            var since = Stopwatch.GetTimestamp();
            while (!urgent && !stopping)
            {
                if (waiting.Count == 0)
                {
                    Monitor.Wait(gate);
                    since = Stopwatch.GetTimestamp();
                }
                else if (LazyDelay - Stopwatch.GetElapsedTime(since) is { Ticks: > 0 } rest)
                {
                    Monitor.Wait(gate, rest);
                }
                else
                {
                    break;
                }
            }

            if (waiting.Count == 0 && stopping)
            {
                return null;
            }

            urgent = false;
            var batch = waiting;
            waiting = [];
            return batch;
        }
    }

    private bool Write(List<PendingCommit> batch)
    {
        if (batch.TrueForAll(commit => commit.Writes.IsEmpty))
        {
            return true;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                rows.Write(batch);
                return true;
            }
            catch (SqliteException exception)
            {
                LogRefused(logger, exception, attempt);
                if (!WaitToRetry())
                {
                    return false;
                }
            }
        }
    }

    // Others that come meanwhile do not cut the wait short.
    private bool WaitToRetry()
    {
        var since = Stopwatch.GetTimestamp();
        lock (gate)
        {
            while (!stopping && RetryDelay - Stopwatch.GetElapsedTime(since) is { Ticks: > 0 } rest)
            {
                Monitor.Wait(gate, rest);
            }

            return !stopping;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refused to write (attempt {Attempt}); trying again")]
    private static partial void LogRefused(ILogger logger, Exception exception, int attempt);
}
