using System.Collections.Concurrent;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>Who polled which task queue, and when last. Safe for any thread.</summary>
internal sealed class PollerRegistry(TimeProvider time)
{
    /// <summary>How long a poller stays listed after its last poll.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(TaskQueueKey Queue, string Identity), DateTimeOffset> seen = new();

    public void Record(TaskQueueKey queue, string identity) => seen[(queue, identity)] = time.GetUtcNow();

    /// <summary>The pollers of a queue, the latest first; forgets those not seen for five minutes.</summary>
    public IReadOnlyList<(string Identity, DateTimeOffset LastAccess)> List(TaskQueueKey queue)
    {
        var oldest = time.GetUtcNow() - Memory;
        foreach (var (key, last) in seen)
        {
            if (last < oldest)
            {
                seen.TryRemove(new KeyValuePair<(TaskQueueKey, string), DateTimeOffset>(key, last));
            }
        }

        return [.. seen.Where(entry => entry.Key.Queue == queue)
            .OrderByDescending(entry => entry.Value)
            .Select(entry => (entry.Key.Identity, entry.Value))];
    }
}
