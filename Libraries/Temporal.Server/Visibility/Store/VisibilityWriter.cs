using Google.Protobuf;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>
/// Writes visibility inside the transaction of the state change that it describes. Keeps its prepared statements; used by
/// the one thread that commits.
/// </summary>
internal sealed class VisibilityWriter : IDisposable
{
    private const string UpsertSql = """
        INSERT INTO visibility (id, namespace, workflow_id, run_id, workflow_type, task_queue, status, start_time, execution_time,
            close_time, execution_duration, history_length, history_size, state_transitions, parent_workflow_id, parent_run_id,
            root_workflow_id, root_run_id, first_run_id, memo, search_attributes, sort_time)
        VALUES (@id, @namespace, @workflow, @run, @type, @queue, @status, @start, @execution, @close, @duration, @length, @size,
            @transitions, @parent, @parentRun, @root, @rootRun, @firstRun, @memo, @attributes, @sort)
        ON CONFLICT (id) DO UPDATE SET status = excluded.status, task_queue = excluded.task_queue,
            execution_time = excluded.execution_time, close_time = excluded.close_time,
            execution_duration = excluded.execution_duration, history_length = excluded.history_length,
            history_size = excluded.history_size, state_transitions = excluded.state_transitions, memo = excluded.memo,
            search_attributes = excluded.search_attributes, sort_time = excluded.sort_time
        """;

    private readonly SqliteCommand previous;
    private readonly SqliteCommand upsert;
    private readonly SqliteCommand clear;
    private readonly SqliteCommand index;
    private readonly SqliteCommand delete;

    /// <summary>Prepares the statements on the connection of the committing thread, whose transaction they join.</summary>
    public VisibilityWriter(SqliteConnection connection)
    {
        previous = Command(connection, "SELECT ifnull(search_attributes, x'') FROM visibility WHERE id = @id", "@id");
        upsert = Command(connection, UpsertSql, "@id", "@namespace", "@workflow", "@run", "@type", "@queue", "@status", "@start",
            "@execution", "@close", "@duration", "@length", "@size", "@transitions", "@parent", "@parentRun", "@root",
            "@rootRun", "@firstRun", "@memo", "@attributes", "@sort");
        clear = Command(connection, "DELETE FROM search_attr WHERE row = @row", "@row");
        index = Command(connection, "INSERT OR IGNORE INTO search_attr (name, value, row) VALUES (@name, @value, @row)",
            "@name", "@value", "@row");
        delete = Command(connection, "DELETE FROM visibility WHERE id = @id", "@id");
    }

    /// <summary>Inserts or replaces the row of a run.</summary>
    /// <param name="record">The run as it is now.</param>
    /// <param name="definitions">Types of the namespace's attributes; values of unknown attributes are kept, but not indexed.</param>
    public void Upsert(VisibilityRecord record, SearchAttributeDefinitions definitions)
    {
        var attributes = record.SearchAttributes is { IndexedFields.Count: > 0 } fields ? fields.ToByteArray() : [];
        previous.Parameters[0].Value = record.RunKey;
        var before = previous.ExecuteScalar() as byte[];
        WriteRow(record, attributes);
        if (before is not null && before.AsSpan().SequenceEqual(attributes))
        {
            return;
        }

        if (before is { Length: > 0 })
        {
            Clear(record.RunKey);
        }

        Index(record, definitions);
    }

    /// <summary>Removes a run; one that is not there is no error.</summary>
    public void Delete(long runKey)
    {
        delete.Parameters[0].Value = runKey;
        delete.ExecuteNonQuery();
        Clear(runKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        previous.Dispose();
        upsert.Dispose();
        clear.Dispose();
        index.Dispose();
        delete.Dispose();
    }

    private void WriteRow(VisibilityRecord record, byte[] attributes)
    {
        var start = Timestamps.ToNanoseconds(record.StartTime);
        var execution = Timestamps.ToNanoseconds(record.ExecutionTime);
        var close = record.CloseTime is { } closeTime ? Timestamps.ToNanoseconds(closeTime) : (long?)null;
        var isRoot = record.RootWorkflowId.Length == 0;
        ReadOnlySpan<object?> values =
        [
            record.RunKey, record.Namespace, record.WorkflowId, record.RunId, record.WorkflowType, record.TaskQueue,
            (long)record.Status, start, execution, close, close - execution,
            close is null ? null : record.HistoryLength, close is null ? null : record.HistorySizeBytes,
            close is null ? null : record.StateTransitionCount, NullIfEmpty(record.ParentWorkflowId), NullIfEmpty(record.ParentRunId),
            isRoot ? record.WorkflowId : record.RootWorkflowId, isRoot ? record.RunId : record.RootRunId,
            record.FirstRunId.Length == 0 ? record.RunId : record.FirstRunId,
            record.Memo is { Fields.Count: > 0 } memo ? memo.ToByteArray() : null,
            attributes.Length == 0 ? null : attributes, close ?? long.MaxValue,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            upsert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        upsert.ExecuteNonQuery();
    }

    private void Clear(long runKey)
    {
        clear.Parameters[0].Value = runKey;
        clear.ExecuteNonQuery();
    }

    private void Index(VisibilityRecord record, SearchAttributeDefinitions definitions)
    {
        foreach (var (name, payload) in record.SearchAttributes?.IndexedFields ?? [])
        {
            if (!definitions.TryGetType(name, out var type))
            {
                continue;
            }

            foreach (var value in Values(name, type, payload))
            {
                index.Parameters[0].Value = name;
                index.Parameters[1].Value = value;
                index.Parameters[2].Value = record.RunKey;
                index.ExecuteNonQuery();
            }
        }
    }

    // Requests are checked before they change a run; this value was accepted under a type that has been replaced since.
    private static IReadOnlyList<object> Values(string name, IndexedValueType type, Payload payload)
    {
        try
        {
            return SearchAttributeCodec.Decode(name, type, payload);
        }
        catch (SearchAttributeException)
        {
            return [];
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
