using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Configures a hosted worker.</summary>
public class TemporalWorkerServiceOptionsBuilder : ITemporalWorkerServiceOptionsBuilder
{
    /// <summary>Creates a builder for a worker without deployment.</summary>
    /// <param name="taskQueue">The worker's task queue.</param>
    /// <param name="services">The services of the host.</param>
    public TemporalWorkerServiceOptionsBuilder(string taskQueue, IServiceCollection services)
        : this(taskQueue, null, services)
    {
    }

    /// <summary>Creates a builder.</summary>
    /// <param name="taskQueue">The worker's task queue.</param>
    /// <param name="deploymentOptions">The worker's deployment, null for none.</param>
    /// <param name="services">The services of the host.</param>
    public TemporalWorkerServiceOptionsBuilder(string taskQueue, WorkerDeploymentOptions? deploymentOptions, IServiceCollection services)
    {
        TaskQueue = taskQueue;
        DeploymentOptions = deploymentOptions;
        Services = services;
    }

    /// <inheritdoc />
    public string TaskQueue { get; }

    /// <inheritdoc />
    public WorkerDeploymentOptions? DeploymentOptions { get; }

    /// <inheritdoc />
    public IServiceCollection Services { get; }
}
