using Microsoft.Data.Sqlite;

namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>The rows that one transition writes. All of them become durable together, or none.</summary>
internal sealed class WriteSet
{
    public List<HistoryWrite> History { get; } = [];

    /// <summary>The state of runs beside their events; the last one of a run wins.</summary>
    public List<RunWrite> Runs { get; } = [];

    /// <summary>The rows that lists and counts read; the last one of a run wins.</summary>
    public List<VisibilityRecord> Visibility { get; } = [];

    /// <summary>Anything else; runs on the commit thread, inside the SQLite transaction, and must be quick.</summary>
    public List<Action<SqliteConnection>> Others { get; } = [];

    public bool IsEmpty => History.Count + Runs.Count + Visibility.Count + Others.Count == 0;

    /// <summary>Events appended together: a batch, and a page boundary of history reads.</summary>
    /// <param name="RunKey">The run.</param>
    /// <param name="FirstEvent">The id of the first event.</param>
    /// <param name="Count">The number of events.</param>
    /// <param name="Blob">A serialised <c>History</c>; such messages concatenate.</param>
    internal readonly record struct HistoryWrite(long RunKey, long FirstEvent, int Count, byte[] Blob);

    /// <summary>A run's row.</summary>
    /// <param name="RunKey">The run.</param>
    /// <param name="Namespace">Its namespace.</param>
    /// <param name="WorkflowId">Its workflow id.</param>
    /// <param name="RunId">Its run id.</param>
    /// <param name="Status">The value of <c>WorkflowExecutionStatus</c>.</param>
    /// <param name="IsCurrent">Whether the workflow id now stands for this run.</param>
    /// <param name="Overlay">The state that events do not carry.</param>
    internal sealed record RunWrite(long RunKey, string Namespace, string WorkflowId, string RunId, int Status, bool IsCurrent, byte[] Overlay);
}
