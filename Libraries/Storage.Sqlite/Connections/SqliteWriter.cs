using System.Collections.Concurrent;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>
/// The only connection that writes, on a thread of its own: writers queue in order, and the wait for the disk blocks no
/// thread of the pool.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteSession _session;
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread _thread;
    private long _transactions;

    public SqliteWriter(SqliteSession session)
    {
        _session = session;
        _thread = new Thread(Work) { IsBackground = true, Name = "store writer" };
        _thread.Start();
    }

    /// <summary>Transactions committed that changed something.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Runs <paramref name="write"/> in one transaction, after all that were queued before.</summary>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(() => Complete(done, write, cancellationToken), cancellationToken);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteLibraryStore));
        }
        return done.Task;
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _session.Dispose();
    }

    private void Work()
    {
        foreach (var item in _queue.GetConsumingEnumerable())
        {
            item();
        }
    }

    private void Complete<T>(TaskCompletionSource<T> done, Func<SqliteSession, T> write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }
        try
        {
            done.SetResult(Transact(write));
        }
        catch (Exception fault)
        {
            // The caller awaits the task, so the fault reaches it; the loop goes on with the next writer.
            done.SetException(SqliteFaults.Translate(fault));
        }
    }

    private T Transact<T>(Func<SqliteSession, T> write)
    {
        var changesBefore = _session.TotalChanges;
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            var result = write(_session);
            _session.Execute("COMMIT");
            if (_session.TotalChanges != changesBefore)
            {
                Interlocked.Increment(ref _transactions);
            }
            return result;
        }
        catch
        {
            _session.RollbackIfOpen();
            throw;
        }
    }
}
