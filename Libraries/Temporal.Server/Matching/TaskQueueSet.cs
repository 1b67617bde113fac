using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TaskQueue.V1;

namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>
/// Task queues of one type: in each, either tasks wait for pollers or pollers for tasks. Tasks are never removed: whether one still
/// stands is found when it is started. Belongs to the shard's loop.
/// </summary>
/// <param name="start">Starts a task for a poller; answers false where the task is stale.</param>
/// <param name="now">The clock.</param>
internal sealed class TaskQueueSet<TTask, TReply>(Func<TTask, PollSlot<TReply>, bool> start, Func<DateTimeOffset> now)
    where TReply : class
{
    private readonly Dictionary<(string Namespace, string Name), Line> lines = [];

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
        poller.Complete(null);
        Forget(namespaceName, name, line);
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
            lines[(namespaceName, name)] = line = new Line();
        }

        return line;
    }

    // Sticky queues come and go with their workers.
    private void Forget(string namespaceName, string name, Line line)
    {
        if (line.Pollers.Count == 0 && line.Tasks.Count == 0 && now() - line.LastPoll > PollerRegistry.Memory)
        {
            lines.Remove((namespaceName, name));
        }
    }

    private sealed class Line
    {
        public LinkedList<PollSlot<TReply>> Pollers { get; } = new();

        public Queue<(TTask Task, DateTimeOffset Since)> Tasks { get; } = new();

        public RateMeter Added { get; } = new();

        public RateMeter Dispatched { get; } = new();

        public DateTimeOffset LastPoll { get; set; } = DateTimeOffset.MinValue;
    }
}
