using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Gives running workers another client, for example one with a new certificate.</summary>
public class TemporalWorkerClientUpdater
{
    private readonly Lock gate = new();
    private readonly HashSet<TemporalWorker> workers = [];

    /// <summary>Gives the client to all workers.</summary>
    /// <param name="client">A connected client of the same namespace.</param>
    public void UpdateClient(IWorkerClient client)
    {
        lock (gate)
        {
            foreach (var worker in workers)
            {
                worker.Client = client;
            }
        }
    }

    /// <summary>Adds a worker.</summary>
    internal void Add(TemporalWorker worker)
    {
        lock (gate)
        {
            workers.Add(worker);
        }
    }

    /// <summary>Removes a worker.</summary>
    internal void Remove(TemporalWorker worker)
    {
        lock (gate)
        {
            workers.Remove(worker);
        }
    }
}
