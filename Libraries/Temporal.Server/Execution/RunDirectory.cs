using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Data.Sqlite;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>
/// Finds runs: open ones are in memory, closed ones are read from the database when somebody asks. Belongs to the shard's loop.
/// </summary>
internal sealed class RunDirectory(SqliteStore store)
{
    private const int MaximumClosed = 200;

    private readonly Dictionary<long, WorkflowRun> byKey = [];
    private readonly Dictionary<string, WorkflowRun> byRunId = [];
    private readonly Dictionary<(string Namespace, string WorkflowId), WorkflowRun> current = [];
    private readonly Queue<WorkflowRun> closed = new();
    private readonly HashSet<long> inRemoval = [];
    private long lastKey;

    public IEnumerable<WorkflowRun> Open => byKey.Values.Where(run => run.IsOpen);

    /// <summary>The key of a new run.</summary>
    public long NextKey() => ++lastKey;

    /// <summary>Adds a run; where it is current, its workflow id stands for it from now on.</summary>
    public void Add(WorkflowRun run)
    {
        byKey[run.Key] = run;
        byRunId[run.RunId] = run;
        if (run.IsCurrent)
        {
            if (current.TryGetValue((run.Namespace, run.WorkflowId), out var former) && former != run)
            {
                former.IsCurrent = false;
            }

            current[(run.Namespace, run.WorkflowId)] = run;
        }
    }

    /// <summary>Notes that a run is closed and durable; old ones are forgotten.</summary>
    public void Retire(WorkflowRun run)
    {
        run.Tail.Trim();
        closed.Enqueue(run);
        while (closed.Count > MaximumClosed)
        {
            Forget(closed.Dequeue());
        }
    }

    /// <summary>Drops a run that is ahead of the disk, and with it the one that its workflow id stood for before.</summary>
    /// <returns>What was dropped.</returns>
    public IReadOnlyList<WorkflowRun> Discard(WorkflowRun run)
    {
        WorkflowRun[] dropped = [run, .. byKey.Values.Where(other => other != run && other.Namespace == run.Namespace && other.WorkflowId == run.WorkflowId)];
        foreach (var each in dropped)
        {
            each.Discard();
            Forget(each);
        }

        return dropped;
    }

    /// <summary>Reads a dropped run again; null if it has never been durable.</summary>
    public WorkflowRun? Reload(WorkflowRun dropped) => store.Read(connection =>
    {
        if (byKey.TryGetValue(dropped.Key, out var known) || !Exists(connection, dropped.Key))
        {
            return known;
        }

        return Admit(connection, dropped.Key);
    });

    /// <summary>Removes a run from memory.</summary>
    public void Forget(WorkflowRun run)
    {
        if (byKey.TryGetValue(run.Key, out var known) && known == run)
        {
            byKey.Remove(run.Key);
            byRunId.Remove(run.RunId);
            if (current.TryGetValue((run.Namespace, run.WorkflowId), out var standing) && standing == run)
            {
                current.Remove((run.Namespace, run.WorkflowId));
            }
        }
    }

    /// <summary>Hides a run whose rows are about to go.</summary>
    public void BeginRemoval(long key)
    {
        inRemoval.Add(key);
        if (FindByKey(key) is { } run)
        {
            Forget(run);
        }
    }

    public void EndRemoval(long key) => inRemoval.Remove(key);

    public WorkflowRun? FindByKey(long key) => byKey.GetValueOrDefault(key);

    /// <summary>The run that a workflow id stands for, or null.</summary>
    public WorkflowRun? FindCurrent(string namespaceName, string workflowId) =>
        current.TryGetValue((namespaceName, workflowId), out var run)
            ? run
            : Load("SELECT r.key FROM current c JOIN runs r ON r.key = c.run_key WHERE c.namespace = $a AND c.workflow_id = $b", namespaceName, workflowId);

    /// <summary>A run by its id, or the current one where none is given; null if there is none.</summary>
    public WorkflowRun? Find(string namespaceName, string workflowId, string runId)
    {
        if (runId.Length == 0)
        {
            return FindCurrent(namespaceName, workflowId);
        }

        var run = byRunId.GetValueOrDefault(runId) ?? Load("SELECT key FROM runs WHERE namespace = $a AND run_id = $b", namespaceName, runId);
        return run is not null && run.Namespace == namespaceName && run.WorkflowId == workflowId ? run : null;
    }

    /// <summary>Finds a run.</summary>
    /// <exception cref="RpcException">There is none (NOT_FOUND).</exception>
    public WorkflowRun Require(string namespaceName, string workflowId, string runId) =>
        Find(namespaceName, workflowId, runId) ?? throw RpcException.NotFound(
            runId.Length == 0
                ? $"workflow not found for ID: {workflowId}"
                : $"workflow execution not found for workflow ID \"{workflowId}\" and run ID \"{runId}\"");

    /// <summary>Loads every open run, at the start.</summary>
    public void LoadOpen() => store.Read(connection =>
    {
        lastKey = Scalar(connection, "SELECT coalesce(max(key), 0) FROM runs");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM runs WHERE status = 1 ORDER BY key";
        var keys = new List<long>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                keys.Add(reader.GetInt64(0));
            }
        }

        foreach (var key in keys)
        {
            Admit(connection, key);
        }

        return true;
    });

    private WorkflowRun? Load(string sql, string first, string second) => store.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$a", first);
        command.Parameters.AddWithValue("$b", second);
        if (command.ExecuteScalar() is not long key || inRemoval.Contains(key))
        {
            return null;
        }

        if (byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        return Admit(connection, key);
    });

    // What is not durable yet wins: the database may still name a run as current that another one has replaced.
    private WorkflowRun Admit(SqliteConnection connection, long key)
    {
        var run = Read(connection, key);
        run.IsCurrent &= !current.ContainsKey((run.Namespace, run.WorkflowId));
        Add(run);
        if (!run.IsOpen)
        {
            Retire(run);
        }

        return run;
    }

    private static bool Exists(SqliteConnection connection, long key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS(SELECT 1 FROM runs WHERE key = $key)";
        command.Parameters.AddWithValue("$key", key);
        return command.ExecuteScalar() is 1L;
    }

    private static WorkflowRun Read(SqliteConnection connection, long key)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT r.namespace, r.workflow_id, r.run_id, r.overlay, c.run_key IS r.key
            FROM runs r LEFT JOIN current c ON c.namespace = r.namespace AND c.workflow_id = r.workflow_id WHERE r.key = $key
            """;
        command.Parameters.AddWithValue("$key", key);
        WorkflowRun run;
        RunOverlay overlay;
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            run = new WorkflowRun(key, reader.GetString(0), reader.GetString(1), reader.GetString(2)) { IsCurrent = reader.GetBoolean(4) };
            overlay = RunOverlay.Parse((byte[])reader[3]);
        }

        long size = 0;
        foreach (var batch in HistoryReader.Stored(connection, key, 1))
        {
            size += batch.Blob.Length;
            foreach (var e in History.Parser.ParseFrom(batch.Blob).Events)
            {
                run.Fold(e);
            }
        }

        run.Restore(overlay, size);
        return run;
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
