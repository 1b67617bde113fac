namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>Events that were appended together.</summary>
/// <param name="FirstEvent">The id of the first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Blob">A serialised <c>History</c>.</param>
internal sealed record HistoryBatch(long FirstEvent, int Count, byte[] Blob)
{
    public long LastEvent => FirstEvent + Count - 1;
}

/// <summary>
/// The newest batches of a run in memory, bounded: a worker that has the run cached needs only these. Older ones are read from the
/// database. Belongs to the shard's loop.
/// </summary>
internal sealed class HistoryTail
{
    private const int MaximumBytes = 32 * 1024;

    private readonly List<HistoryBatch> batches = [];
    private int bytes;

    /// <summary>The last event that is durable; what comes after it must stay here.</summary>
    public long CommittedEventId { get; set; }

    public IReadOnlyList<HistoryBatch> Batches => batches;

    public void Add(HistoryBatch batch)
    {
        batches.Add(batch);
        bytes += batch.Blob.Length;
        var drop = 0;
        while (bytes > MaximumBytes && drop < batches.Count - 1 && batches[drop].LastEvent <= CommittedEventId)
        {
            bytes -= batches[drop++].Blob.Length;
        }

        batches.RemoveRange(0, drop);
    }

    /// <summary>Forgets what is durable, to save memory.</summary>
    public void Trim()
    {
        batches.RemoveAll(batch => batch.LastEvent <= CommittedEventId);
        bytes = batches.Sum(batch => batch.Blob.Length);
    }
}
