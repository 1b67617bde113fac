using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Configures a hosted worker.</summary>
public interface ITemporalWorkerServiceOptionsBuilder
{
    /// <summary>The worker's task queue.</summary>
    string TaskQueue { get; }

    /// <summary>The worker's deployment, null for none.</summary>
    WorkerDeploymentOptions? DeploymentOptions { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }
}
