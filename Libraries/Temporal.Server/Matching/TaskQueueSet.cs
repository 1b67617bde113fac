using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TaskQueue.V1;

namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>
/// Task queues of one type: in each, either tasks wait for pollers or pollers for tasks. Whether a task still stands is found when it is
/// started; where nobody polls, those that do not are swept out before they outnumber the others, and so are queues that nobody uses.
/// Belongs to the shard's loop.
/// </summary>
/// <param name="start">Starts a task for a poller; answers false where the task is stale.</param>
/// <param name="stands">Whether a task is not stale; once false it stays so.</param>
/// <param name="now">The clock.</param>
internal sealed class TaskQueueSet<TTask, TReply>(Func<TTask, PollSlot<TReply>, bool> start, Func<TTask, bool> stands, Func<DateTimeOffset> now)
    where TReply : class
{
    private const int FirstSweep = 64;

    private readonly Dictionary<(string Namespace, string Name), Line> lines = [];
    private int sweepAt = FirstSweep;

    /// <summary>How many queues are in memory.</summary>
    public int Count => lines.Count;

    /// <summary>Hands a task to the poller that waits longest, or queues it.</summary>
    public void Offer(string namespaceName, string name, TTask task)
    {
        var line = Get(namespaceName, name);
        line.Added.Count(now());
        while (line.Pollers.First is { } node)
        {
            line.Pollers.RemoveFirst();
            if (node.Value.IsOpen)
            {
                if (start(task, node.Value))
                {
                    line.Dispatched.Count(now());
                }
                else
                {
                    line.Pollers.AddFirst(node);
                }

                return;
            }
        }

        if (line.Tasks.Count >= line.SweepAt)
        {
            Sweep(line);
        }

        line.Tasks.Enqueue((task, now()));
    }

    /// <summary>Gives a poller the task that waits longest, or lets it wait.</summary>
    public void Poll(string namespaceName, string name, PollSlot<TReply> poller)
    {
        var line = Get(namespaceName, name);
        line.LastPoll = now();
        if (!poller.IsOpen)
        {
            poller.Complete(null);
            return;
        }

        while (line.Tasks.TryDequeue(out var waiting))
        {
            if (start(waiting.Task, poller))
            {
                line.Dispatched.Count(now());
                return;
            }
        }

        line.Pollers.AddLast(poller);
    }

    /// <summary>Answers a poller with nothing and forgets it.</summary>
    public void Cancel(string namespaceName, string name, PollSlot<TReply> poller)
    {
        var line = Get(namespaceName, name);
        line.LastPoll = now();
        line.Pollers.Remove(poller);
        if (!poller.IsTaken || !poller.HasCaller)
        {
            poller.Complete(null);
        }
    }

    /// <summary>Answers the pollers of a queue that meet a condition with nothing, because their worker ends.</summary>
    public void Drain(string namespaceName, string name, Func<PollSlot<TReply>, bool> ends)
    {
        if (lines.TryGetValue((namespaceName, name), out var line))
        {
            foreach (var poller in line.Pollers.Where(ends).ToList())
            {
                line.Pollers.Remove(poller);
                poller.Complete(null);
            }

            line.LastPoll = line.Pollers.Count > 0 ? line.LastPoll : DateTimeOffset.MinValue;
        }
    }

    /// <summary>Whether somebody polls the queue, or did so within a time.</summary>
    public bool HasPoller(string namespaceName, string name, TimeSpan within) =>
        lines.TryGetValue((namespaceName, name), out var line) && (line.Pollers.Count > 0 || now() - line.LastPoll < within);

    /// <summary>Tasks that wait; among them may be some that no longer stand.</summary>
    public int Backlog(string namespaceName, string name) => lines.TryGetValue((namespaceName, name), out var line) ? line.Tasks.Count : 0;

    /// <summary>What waits on a queue, and how fast tasks come and go.</summary>
    public TaskQueueStats Stats(string namespaceName, string name)
    {
        if (!lines.TryGetValue((namespaceName, name), out var line))
        {
            return new TaskQueueStats { ApproximateBacklogAge = new Duration() };
        }

        var time = now();
        return new TaskQueueStats
        {
            ApproximateBacklogCount = line.Tasks.Count,
            ApproximateBacklogAge = Duration.FromTimeSpan(line.Tasks.TryPeek(out var oldest) ? time - oldest.Since : TimeSpan.Zero),
            TasksAddRate = line.Added.Rate(time),
            TasksDispatchRate = line.Dispatched.Rate(time),
        };
    }

    /// <summary>Refuses every poller, when the server stops.</summary>
    public void RefuseAll(Exception exception)
    {
        foreach (var poller in lines.Values.SelectMany(line => line.Pollers))
        {
            poller.Refuse(exception);
        }
    }

    private Line Get(string namespaceName, string name)
    {
        if (!lines.TryGetValue((namespaceName, name), out var line))
        {
            if (lines.Count >= sweepAt)
            {
                SweepQueues();
            }

            lines[(namespaceName, name)] = line = new Line();
        }

        return line;
    }

    // Sticky queues come and go with their workers.
    private void SweepQueues()
    {
        foreach (var (key, line) in lines.Where(entry => entry.Value.Pollers.Count == 0 && now() - entry.Value.LastPoll > PollerRegistry.Memory).ToList())
        {
            Sweep(line);
            if (line.Tasks.Count == 0)
            {
                lines.Remove(key);
            }
        }

        sweepAt = Math.Max(FirstSweep, 2 * lines.Count);
    }

    private void Sweep(Line line)
    {
        for (var left = line.Tasks.Count; left > 0; left--)
        {
            var waiting = line.Tasks.Dequeue();
            if (stands(waiting.Task))
            {
                line.Tasks.Enqueue(waiting);
            }
        }

        line.SweepAt = Math.Max(FirstSweep, 2 * line.Tasks.Count);
    }

    private sealed class Line
    {
        public LinkedList<PollSlot<TReply>> Pollers { get; } = new();

        public Queue<(TTask Task, DateTimeOffset Since)> Tasks { get; } = new();

        public int SweepAt { get; set; } = FirstSweep;

        public RateMeter Added { get; } = new();

        public RateMeter Dispatched { get; } = new();

        public DateTimeOffset LastPoll { get; set; } = DateTimeOffset.MinValue;
    }
}
