using System.Collections.Concurrent;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Worker.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Workers;

/// <summary>The workers that report themselves by heartbeat. In memory: after a restart they report again. Safe for any thread.</summary>
internal sealed class WorkerRegistry(TimeProvider time)
{
    /// <summary>A worker reports every minute; one that has been silent for this long is gone.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Namespace, string Key), DateTimeOffset> ended = new();
    private readonly ConcurrentDictionary<(string Namespace, string Key), (WorkerHeartbeat Heartbeat, DateTimeOffset Seen)> workers = new();

    /// <summary>Keeps a worker's latest report.</summary>
    public void Record(string namespaceName, WorkerHeartbeat heartbeat)
    {
        if (heartbeat.WorkerInstanceKey.Length > 0)
        {
            workers[(namespaceName, heartbeat.WorkerInstanceKey)] = (heartbeat, time.GetUtcNow());
        }
    }

    /// <summary>Marks a worker as shut down, with its last report if it gave one.</summary>
    public void ShutDown(string namespaceName, string instanceKey, WorkerHeartbeat? last)
    {
        if (instanceKey.Length > 0)
        {
            Forget(ended, since => since);
            ended[(namespaceName, instanceKey)] = time.GetUtcNow();
        }

        if (last is { WorkerInstanceKey.Length: > 0 })
        {
            Record(namespaceName, last);
        }
        else if (workers.TryGetValue((namespaceName, instanceKey), out var known))
        {
            var ended = known.Heartbeat.Clone();
            ended.Status = WorkerStatus.Shutdown;
            Record(namespaceName, ended);
        }
    }

    /// <summary>Whether a worker has said that it ends, so that a poll of it that was on its way is answered at once.</summary>
    public bool HasEnded(string namespaceName, string instanceKey) => instanceKey.Length > 0 && ended.ContainsKey((namespaceName, instanceKey));

    /// <summary>A worker's latest report; null if it is not known.</summary>
    public WorkerHeartbeat? Find(string namespaceName, string instanceKey) =>
        List(namespaceName).FirstOrDefault(worker => worker.WorkerInstanceKey == instanceKey);

    /// <summary>The latest reports of all workers of a namespace, by their keys; forgets the silent ones.</summary>
    public IReadOnlyList<WorkerHeartbeat> List(string namespaceName)
    {
        Forget(workers, entry => entry.Seen);
        return [.. workers.Where(entry => entry.Key.Namespace == namespaceName)
            .OrderBy(entry => entry.Key.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value.Heartbeat)];
    }

    private void Forget<TValue>(ConcurrentDictionary<(string Namespace, string Key), TValue> entries, Func<TValue, DateTimeOffset> since)
    {
        var oldest = time.GetUtcNow() - Memory;
        foreach (var entry in entries)
        {
            if (since(entry.Value) < oldest)
            {
                entries.TryRemove(entry);
            }
        }
    }
}
