using Google.Protobuf;
using ImageLibrary.Temporal.Server.Storage;
using Microsoft.Data.Sqlite;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>Reads a run's history: older batches from the database, newer ones from what the run has in memory.</summary>
/// <param name="RunKey">The run.</param>
/// <param name="From">First event wanted.</param>
/// <param name="Through">Last event wanted.</param>
/// <param name="Recent">The newest batches, taken on the shard's loop.</param>
internal sealed record HistoryReader(long RunKey, long From, long Through, IReadOnlyList<HistoryBatch> Recent)
{
    /// <summary>Takes what is needed to read a run's history outside of the loop; only on the loop.</summary>
    public static HistoryReader Of(WorkflowRun run, long from, long? through = null) =>
        new(run.Key, from, through ?? run.NextEventId - 1, [.. run.Tail.Batches]);

    /// <summary>The batches in order; they hold at least the events wanted. Safe for any thread.</summary>
    public IReadOnlyList<HistoryBatch> Read(SqliteStore store)
    {
        var memory = Recent.Where(batch => batch.LastEvent >= From && batch.FirstEvent <= Through).ToList();
        var first = Recent.Count > 0 ? Recent[0].FirstEvent : Through + 1;
        if (From >= first)
        {
            return memory;
        }

        var stored = store.Read(connection => Stored(connection, RunKey, From).TakeWhile(batch => batch.FirstEvent < first && batch.FirstEvent <= Through).ToList());
        return [.. stored, .. memory];
    }

    /// <summary>The events wanted, each once.</summary>
    public IEnumerable<HistoryEvent> Events(SqliteStore store) => Read(store)
        .SelectMany(batch => History.Parser.ParseFrom(batch.Blob).Events)
        .Where(e => e.EventId >= From && e.EventId <= Through);

    /// <summary>The stored batches that hold an event or come after it.</summary>
    public static IEnumerable<HistoryBatch> Stored(SqliteConnection connection, long runKey, long from)
    {
        var (low, high) = HistoryKey.Range(runKey);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT id, count, blob FROM history
            WHERE id BETWEEN coalesce((SELECT max(id) FROM history WHERE id BETWEEN $low AND $from), $low) AND $high ORDER BY id
            """;
        command.Parameters.AddWithValue("$low", low);
        command.Parameters.AddWithValue("$high", high);
        command.Parameters.AddWithValue("$from", HistoryKey.Of(runKey, from));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new HistoryBatch(HistoryKey.EventOf(reader.GetInt64(0)), reader.GetInt32(1), (byte[])reader[2]);
        }
    }
}
