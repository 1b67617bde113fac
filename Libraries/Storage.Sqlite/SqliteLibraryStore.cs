using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file with a row per image, one writer and several readers.</summary>
public sealed partial class SqliteLibraryStore : ILibraryStore
{
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly SqliteReaders _readers;
    private SqliteWriter? _writer;
    private int _disposed;

    /// <summary>Creates the store; nothing is opened before <see cref="InitializeAsync"/>.</summary>
    /// <param name="options">Where it lies and what it may use.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SqliteLibraryStore(SqliteStoreOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _time = time ?? TimeProvider.System;
        _readers = new SqliteReaders(options);
    }

    /// <summary>Transactions committed since the start that changed something.</summary>
    public long WriteTransactions => _writer?.Transactions ?? 0;

    private SqliteWriter Writer => _writer ?? throw new InvalidOperationException("The store is not initialised.");

    /// <inheritdoc/>
    public string Product => "SQLite";

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_writer is not null)
        {
            return Task.CompletedTask;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_options.Path))!);
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.Open(_options, readOnly: false);
            StoreSchema.Apply(session);
            _writer = new SqliteWriter(session);
            return Task.CompletedTask;
        }
        catch (Exception fault)
        {
            session?.Dispose();
            throw SqliteFaults.Translate(fault);
        }
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => session.Number("SELECT count(*) FROM meta"), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> GetPauseAllAsync(CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => session.Number("SELECT value FROM meta WHERE key = 'pauseAll'") != 0, cancellationToken);

    /// <inheritdoc/>
    public Task SetPauseAllAsync(bool paused, CancellationToken cancellationToken = default) =>
        Writer.RunAsync(
            session => session.Execute("UPDATE meta SET value = ?1 WHERE key = 'pauseAll'", paused ? 1L : 0L), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return ValueTask.CompletedTask;
        }
        // The writer last: closing the last connection folds the write-ahead log into the file.
        _readers.Dispose();
        _writer?.Dispose();
        return ValueTask.CompletedTask;
    }

    private long Now() => _time.GetUtcNow().UtcTicks;
}
