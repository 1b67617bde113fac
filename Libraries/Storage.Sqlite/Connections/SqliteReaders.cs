using System.Collections.Concurrent;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Reading connections, opened as needed. Each read sees one snapshot, whatever the writer does meanwhile.</summary>
internal sealed class SqliteReaders(SqliteStoreOptions options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.MaxReaders);
    private readonly ConcurrentBag<SqliteSession> _idle = [];

    public async Task<T> RunAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_idle.TryTake(out var session))
            {
                session = SqliteSession.Open(options, readOnly: true);
            }
            return Snapshot(session, read);
        }
        catch (Exception fault) when (SqliteFaults.Translate(fault) is var translated && translated != fault)
        {
            throw translated;
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        foreach (var session in _idle)
        {
            session.Dispose();
        }
        _free.Dispose();
    }

    private T Snapshot<T>(SqliteSession session, Func<SqliteSession, T> read)
    {
        try
        {
            session.Execute("BEGIN");
            var result = read(session);
            session.Execute("COMMIT");
            return result;
        }
        finally
        {
            session.RollbackIfOpen();
            _idle.Add(session);
        }
    }
}
