namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Runs that stay in memory between their tasks, the least recently used ones leaving first. A run is used by one
/// task at a time and never leaves while it is used.</summary>
internal sealed class RunCache(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = [];
    private readonly LinkedList<Lane> idle = new();

    /// <summary>Number of runs in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return lanes.Values.Count(lane => lane.Run != null);
            }
        }
    }

    /// <summary>Waits until no other task uses the run.</summary>
    /// <returns>The lane, to be disposed at the end of the task.</returns>
    public async Task<Lane> EnterAsync(string runId)
    {
        Lane lane;
        lock (gate)
        {
            if (!lanes.TryGetValue(runId, out lane!))
            {
                lanes[runId] = lane = new(this, runId);
            }

            lane.Users++;
            if (lane.IdleNode is { } node)
            {
                idle.Remove(node);
                lane.IdleNode = null;
            }
        }

        await lane.Turn.WaitAsync().ConfigureAwait(false);
        return lane;
    }

    private void Leave(Lane lane)
    {
        lock (gate)
        {
            lane.Users--;
            if (lane.Users == 0)
            {
                if (lane.Run == null || capacity == 0)
                {
                    lane.Run = null;
                    lanes.Remove(lane.RunId);
                }
                else
                {
                    lane.IdleNode = idle.AddLast(lane);
                }
            }

            while (lanes.Count > capacity && idle.First is { } oldest)
            {
                idle.RemoveFirst();
                lanes.Remove(oldest.Value.RunId);
            }
        }

        lane.Turn.Release();
    }

    /// <summary>The place of one run.</summary>
    internal sealed class Lane(RunCache cache, string runId) : IDisposable
    {
        public string RunId => runId;

        /// <summary>The run; null when it is not in memory, or is to leave it.</summary>
        public WorkflowRun? Run { get; set; }

        internal SemaphoreSlim Turn { get; } = new(1);

        internal int Users { get; set; }

        internal LinkedListNode<Lane>? IdleNode { get; set; }

        public void Dispose() => cache.Leave(this);
    }
}
