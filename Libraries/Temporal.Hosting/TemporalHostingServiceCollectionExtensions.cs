using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds clients and workers to a host.</summary>
public static class TemporalHostingServiceCollectionExtensions
{
    /// <summary>Adds a worker with a connection of its own.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="clientTargetHost">Host and port of the server.</param>
    /// <param name="clientNamespace">The namespace.</param>
    /// <param name="taskQueue">The task queue.</param>
    /// <param name="deploymentOptions">The worker's deployment, null for none.</param>
    /// <returns>The worker, to configure it.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services,
        string clientTargetHost,
        string clientNamespace,
        string taskQueue,
        WorkerDeploymentOptions? deploymentOptions = null) =>
        services.AddHostedTemporalWorker(taskQueue, deploymentOptions)
            .ConfigureOptions(options => options.ClientOptions = new(clientTargetHost) { Namespace = clientNamespace });

    /// <summary>Adds a worker on the host's client.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="taskQueue">The task queue.</param>
    /// <param name="deploymentOptions">The worker's deployment, null for none.</param>
    /// <returns>The worker, to configure it.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services, string taskQueue, WorkerDeploymentOptions? deploymentOptions = null)
    {
        if (deploymentOptions is { Version: null })
        {
            throw new ArgumentException("The deployment has no version", nameof(deploymentOptions));
        }
        var id = new TemporalWorkerServiceIdentifier(taskQueue, deploymentOptions?.Version?.ToCanonicalString(), false);

        // AddHostedService would add only the first of several workers.
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<TemporalWorkerService>(provider, id));
        return new TemporalWorkerServiceOptionsBuilder(taskQueue, deploymentOptions, services).ConfigureOptions(
            options =>
            {
                options.TaskQueue = taskQueue;
                options.DeploymentOptions = deploymentOptions;
            },
            disallowDuplicates: true);
    }

    /// <summary>Adds a client, unless there is one, that connects on first use.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="clientTargetHost">Host and port of the server, null to configure it otherwise.</param>
    /// <param name="clientNamespace">The namespace, null for the default one.</param>
    /// <returns>The options, to configure them.</returns>
    public static OptionsBuilder<TemporalClientConnectOptions> AddTemporalClient(
        this IServiceCollection services, string? clientTargetHost = null, string? clientNamespace = null)
    {
        services.TryAddSingleton<ITemporalClient>(provider =>
            TemporalClient.CreateLazy(provider.GetRequiredService<IOptions<TemporalClientConnectOptions>>().Value));
        return services.AddOptions<TemporalClientConnectOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.TargetHost = clientTargetHost ?? options.TargetHost;
            options.Namespace = clientNamespace ?? options.Namespace;
            options.LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory;
        });
    }

    /// <summary>Adds a client, unless there is one, that connects on first use.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configureClient">Configures it.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTemporalClient(this IServiceCollection services, Action<TemporalClientConnectOptions> configureClient)
    {
        services.AddTemporalClient().Configure(configureClient);
        return services;
    }
}
