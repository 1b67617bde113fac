using Temporalio.Client;

namespace Temporalio.Worker;

/// <summary>What a worker needs: a <see cref="TemporalClient" />, or another client on top of it.</summary>
public interface IWorkerClient
{
    /// <summary>Options of the client.</summary>
    TemporalClientOptions Options { get; }
}
