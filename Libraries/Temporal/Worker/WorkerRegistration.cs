using System.Runtime.CompilerServices;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Temporalio.Worker;

/// <summary>
/// Keeps a connection from having two workers for the tasks of one kind on one queue: they would take each other's
/// tasks without anybody noticing.
/// </summary>
internal sealed class WorkerRegistration : IDisposable
{
    private static readonly ConditionalWeakTable<ITemporalConnection, HashSet<(string Namespace, string Queue, TaskQueueType Type)>> Registered = [];

    private readonly HashSet<(string Namespace, string Queue, TaskQueueType Type)> all;
    private readonly (string Namespace, string Queue, TaskQueueType Type)[] own;

    private WorkerRegistration(
        HashSet<(string Namespace, string Queue, TaskQueueType Type)> all, (string Namespace, string Queue, TaskQueueType Type)[] own)
    {
        this.all = all;
        this.own = own;
    }

    public static WorkerRegistration Add(ITemporalConnection connection, string name, string queue, IEnumerable<IWorkerComponent> components)
    {
        var all = Registered.GetValue(connection, static _ => []);
        (string, string, TaskQueueType)[] own = [.. components.Select(component => (name, queue, component.TaskQueueType))];
        lock (all)
        {
            if (own.Any(all.Contains))
            {
                throw new InvalidOperationException($"Registration of multiple workers on the same namespace {name} and task queue {queue} for the same client not allowed");
            }
            all.UnionWith(own);
        }
        return new(all, own);
    }

    public void Dispose()
    {
        lock (all)
        {
            all.ExceptWith(own);
        }
    }
}
