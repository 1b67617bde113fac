using System.Collections.Concurrent;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Worker.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Workers;

/// <summary>The workers that report themselves by heartbeat. In memory: after a restart they report again. Safe for any thread.</summary>
internal sealed class WorkerRegistry(TimeProvider time)
{
    /// <summary>A worker reports every minute; one that has been silent for this long is gone.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

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
        if (last is not null)
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

    /// <summary>A worker's latest report; null if it is not known.</summary>
    public WorkerHeartbeat? Find(string namespaceName, string instanceKey) =>
        List(namespaceName).FirstOrDefault(worker => worker.WorkerInstanceKey == instanceKey);

    /// <summary>The latest reports of all workers of a namespace, by their keys; forgets the silent ones.</summary>
    public IReadOnlyList<WorkerHeartbeat> List(string namespaceName)
    {
        var oldest = time.GetUtcNow() - Memory;
        foreach (var entry in workers)
        {
            if (entry.Value.Seen < oldest)
            {
                workers.TryRemove(entry);
            }
        }

        return [.. workers.Where(entry => entry.Key.Namespace == namespaceName)
            .OrderBy(entry => entry.Key.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value.Heartbeat)];
    }
}
