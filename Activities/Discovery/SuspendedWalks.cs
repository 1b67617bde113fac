using ImageLibrary.Workflows;

namespace ImageLibrary.Activities;

/// <summary>
/// Keeps walks from one page of discovery to the next, so that a folder is listed once however many pages lie beneath it. It is a
/// shortcut only: a walk that is not here goes on from its cursor, and lists the folders on the way there again.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SuspendedWalks(TimeProvider time)
{
    private const int Most = 16;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    /// <summary>Takes out the walk of a job that stands at a place; null when there is none.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cursor">The place; null for the start.</param>
    public IEnumerator<WalkStep>? Take(string jobId, DiscoveryCursor? cursor)
    {
        lock (gate)
        {
            entries.RemoveAll(entry => time.GetElapsedTime(entry.Kept) > Fresh);
            var index = entries.FindIndex(entry => entry.JobId == jobId);
            if (index < 0)
            {
                return null;
            }
            var found = entries[index];
            entries.RemoveAt(index);
            return found.Cursor == cursor ? found.Walk : null;
        }
    }

    /// <summary>Keeps a walk for the next page of its job; the oldest one makes room.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cursor">Where it stands.</param>
    /// <param name="walk">The walk.</param>
    public void Keep(string jobId, DiscoveryCursor cursor, IEnumerator<WalkStep> walk)
    {
        lock (gate)
        {
            entries.Add(new Entry(jobId, cursor, walk, time.GetTimestamp()));
            if (entries.Count > Most)
            {
                entries.RemoveAt(0);
            }
        }
    }

    private sealed record Entry(string JobId, DiscoveryCursor Cursor, IEnumerator<WalkStep> Walk, long Kept);
}
