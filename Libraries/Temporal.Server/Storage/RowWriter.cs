using Microsoft.Data.Sqlite;

namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>Writes batches of transitions with prepared statements.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Action<SqliteConnection, VisibilityRecord> visibility;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand history;
    private readonly SqliteCommand run;
    private readonly SqliteCommand current;
    private readonly Dictionary<long, WriteSet.RunWrite> runs = [];
    private readonly Dictionary<long, VisibilityRecord> records = [];

    public RowWriter(SqliteConnection connection, Action<SqliteConnection, VisibilityRecord> visibility)
    {
        this.connection = connection;
        this.visibility = visibility;
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        rollback = Command("ROLLBACK");
        history = Command("INSERT OR REPLACE INTO history(id, count, blob) VALUES ($id, $count, $blob)", "$id", "$count", "$blob");
        run = Command(
            """
            INSERT INTO runs(key, namespace, workflow_id, run_id, status, overlay) VALUES ($key, $namespace, $workflow, $run, $status, $overlay)
            ON CONFLICT(key) DO UPDATE SET status = excluded.status, overlay = excluded.overlay
            """,
            "$key", "$namespace", "$workflow", "$run", "$status", "$overlay");
        current = Command(
            "INSERT OR REPLACE INTO current(namespace, workflow_id, run_key) VALUES ($namespace, $workflow, $key)", "$namespace", "$workflow", "$key");
    }

    public void Write(List<PendingCommit> batch)
    {
        begin.ExecuteNonQuery();
        try
        {
            foreach (var pending in batch)
            {
                foreach (var write in pending.Writes.History)
                {
                    Execute(history, HistoryKey.Of(write.RunKey, write.FirstEvent), write.Count, write.Blob);
                }

                foreach (var write in pending.Writes.Runs)
                {
                    if (write.IsCurrent)
                    {
                        Execute(current, write.Namespace, write.WorkflowId, write.RunKey);
                    }

                    runs[write.RunKey] = write;
                }

                foreach (var record in pending.Writes.Visibility)
                {
                    records[record.RunKey] = record;
                }
            }

            foreach (var write in runs.Values)
            {
                Execute(run, write.RunKey, write.Namespace, write.WorkflowId, write.RunId, write.Status, write.Overlay);
            }

            foreach (var record in records.Values)
            {
                visibility(connection, record);
            }

            // Last, so that a deletion finds every row that the same batch has written.
            foreach (var pending in batch)
            {
                pending.Writes.Others.ForEach(write => write(connection));
            }

            commit.ExecuteNonQuery();
        }
        catch
        {
            Rollback();
            throw;
        }
        finally
        {
            runs.Clear();
            records.Clear();
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { begin, commit, rollback, history, run, current })
        {
            command.Dispose();
        }
    }

    private void Rollback()
    {
        try
        {
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself; the caller reports the first error.
        }
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
