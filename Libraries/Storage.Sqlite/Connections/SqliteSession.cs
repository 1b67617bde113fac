using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Rows changed by this connection since it was opened.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(_connection.Handle);

    public static SqliteSession Open(SqliteStoreOptions options, bool readOnly)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            ForeignKeys = false,
        };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            // SQLite itself waits for locks; the provider's own retry loop, which polls, would only be in its way.
            raw.sqlite3_busy_timeout(connection.Handle, (int)options.LockTimeout.TotalMilliseconds);
            connection.DefaultTimeout = 1;
            var cacheKiB = Math.Max(256, options.CacheBytes / 1024 / (readOnly ? 8 : 1));
            session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cacheKiB}"));
            session.Run("PRAGMA temp_store = MEMORY");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements once, without keeping them.</summary>
    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and returns the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query and maps its rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }
        return rows;
    }

    /// <summary>Runs a query and maps its rows until <paramref name="visit"/> answers false.</summary>
    public void Visit(string sql, Func<SqliteDataReader, bool> visit, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read() && visit(reader))
        {
        }
    }

    /// <summary>Maps the first row, or returns the default when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>The first column of the first row as a number; 0 when there is none or it is NULL.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is long number ? number : 0;

    /// <summary>Ends a transaction that a failure left open.</summary>
    public void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"?{i + 1}");
                command.Parameters.Add(parameter);
            }
            command.Prepare();
            _statements.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }
}
