using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>The database: opens and checks it, owns it alone, and lends connections for reading beside the commit thread.</summary>
internal sealed partial class SqliteStore : IAsyncDisposable
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS namespaces(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS runs(key INTEGER PRIMARY KEY, namespace TEXT NOT NULL, workflow_id TEXT NOT NULL, run_id TEXT NOT NULL,
            status INTEGER NOT NULL, overlay BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS runs_run ON runs(run_id);
        CREATE INDEX IF NOT EXISTS runs_open ON runs(key) WHERE status = 1;
        CREATE TABLE IF NOT EXISTS current(namespace TEXT NOT NULL, workflow_id TEXT NOT NULL, run_key INTEGER NOT NULL,
            PRIMARY KEY(namespace, workflow_id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS history(id INTEGER PRIMARY KEY, count INTEGER NOT NULL, blob BLOB NOT NULL);
        """;

    private readonly string connectionString;
    private readonly Durability durability;
    private readonly FileStream? ownerLock;
    private readonly SqliteConnection writer;
    private readonly Stack<SqliteConnection> readers = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly string? file;
    private Task checkpoints = Task.CompletedTask;
    private Task check = Task.CompletedTask;
    private bool disposed;

    private SqliteStore(string connectionString, string? file, Durability durability, FileStream? ownerLock)
    {
        this.connectionString = connectionString;
        this.file = file;
        this.durability = durability;
        this.ownerLock = ownerLock;
        writer = Open();
    }

    /// <summary>The connection of the commit thread.</summary>
    public SqliteConnection Writer => writer;

    /// <summary>Opens the database, creating it if need be.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="logger">Receives what goes wrong later.</param>
    /// <param name="onDamage">Told if a large file, which is checked beside the first work, turns out to be damaged.</param>
    /// <exception cref="TemporalServerException">The file is in use by another server, damaged, or cannot be opened.</exception>
    public static SqliteStore Open(TemporalServerOptions options, ILogger logger, Action<string> onDamage)
    {
        if (options.DatabaseFile is not { } file || options.Durability == Durability.Memory)
        {
            // A named database in shared-cache mode lives as long as one connection to it.
            var name = $"Data Source=temporal-{Guid.NewGuid():N};Mode=Memory;Cache=Shared;Pooling=False";
            return Prepare(new SqliteStore(name, null, Durability.Memory, null));
        }

        var path = Path.GetFullPath(file);
        FileStream? owner = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            owner = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
            var store = Prepare(new SqliteStore(text, path, options.Durability, owner));
            store.checkpoints = Task.Run(() => store.CheckpointAsync(logger));
            store.check = store.IsLarge ? Task.Run(() => store.CheckLarge(logger, onDamage)) : Task.CompletedTask;
            return store;
        }
        catch (IOException exception) when (owner is null)
        {
            throw new TemporalServerException($"The engine's database {path} is in use by another server, or cannot be written: {exception.Message}", exception);
        }
        catch (SqliteException exception)
        {
            owner?.Dispose();
            throw new TemporalServerException($"The engine's database {path} cannot be opened: {exception.Message}", exception);
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query on a connection of its own; what it sees is committed.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        var connection = Rent();
        try
        {
            return query(connection);
        }
        finally
        {
            Return(connection);
        }
    }

    /// <summary>A connection for reading that the caller keeps and disposes of.</summary>
    public SqliteConnection OpenReader() => Open();

    public async ValueTask DisposeAsync()
    {
        lock (readers)
        {
            disposed = true;
            while (readers.TryPop(out var reader))
            {
                reader.Dispose();
            }
        }

        await stopping.CancelAsync().ConfigureAwait(false);
        await checkpoints.ConfigureAwait(false);
        await check.ConfigureAwait(false);
        await writer.DisposeAsync().ConfigureAwait(false);
        if (ownerLock is not null)
        {
            await ownerLock.DisposeAsync().ConfigureAwait(false);
        }

        stopping.Dispose();
    }

    private static SqliteStore Prepare(SqliteStore store)
    {
        if (store.file is not null && !store.IsLarge && !IsSound(store.writer))
        {
            throw new TemporalServerException(store.DamageMessage);
        }

        using var command = store.writer.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
        return store;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        // In memory, readers share the writer's cache and must not wait for its table locks. In a file, checkpoints run on a thread of
        // their own instead of inside a commit.
        command.CommandText = durability == Durability.Memory
            ? "PRAGMA read_uncommitted = 1;"
            : $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {(durability == Durability.Full ? "FULL" : "NORMAL")}; PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -8000;";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>The check reads the whole file: one that is larger than this does not make the start wait for it.</summary>
    private bool IsLarge => file is not null && new FileInfo(file) is { Exists: true, Length: > 64L << 20 };

    private string DamageMessage => $"The engine's database {file} is damaged. Restore it from a backup, or move it away to start afresh.";

    private static bool IsSound(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        return command.ExecuteScalar() is "ok";
    }

    private void CheckLarge(ILogger logger, Action<string> onDamage)
    {
        using var connection = Open();
        using var interruption = stopping.Token.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
        try
        {
            if (IsSound(connection))
            {
                return;
            }
        }
        catch (SqliteException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (SqliteException exception)
        {
            LogUnreadable(logger, exception);
        }

        LogDamage(logger, DamageMessage);
        onDamage(DamageMessage);
    }

    private SqliteConnection Rent()
    {
        lock (readers)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (readers.TryPop(out var reader))
            {
                return reader;
            }
        }

        return Open();
    }

    private void Return(SqliteConnection connection)
    {
        lock (readers)
        {
            if (!disposed && readers.Count < 4)
            {
                readers.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>Moves the write-ahead log into the database every second, without holding up commits unless the log has grown large.</summary>
    private async Task CheckpointAsync(ILogger logger)
    {
        const long WorthIt = 4L << 20;
        const long TooLarge = 64L << 20;
        using var connection = Open();
        using var command = connection.CreateCommand();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                var log = new FileInfo(file + "-wal");
                if (log.Exists && log.Length > WorthIt)
                {
                    command.CommandText = log.Length > TooLarge ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)";
                    Checkpoint(command, logger);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; closing the last connection checkpoints.
        }
    }

    private static void Checkpoint(SqliteCommand command, ILogger logger)
    {
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            LogCheckpoint(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Message}")]
    private static partial void LogDamage(ILogger logger, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database could not be checked")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be moved into the database; trying again")]
    private static partial void LogCheckpoint(ILogger logger, Exception exception);
}
