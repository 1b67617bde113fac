using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Runs a worker as long as the host runs.</summary>
public class TemporalWorkerService : BackgroundService
{
    private readonly ITemporalClient? client;
    private readonly TemporalClientConnectOptions? connectOptions;
    private readonly TemporalWorkerOptions workerOptions;
    private readonly TemporalWorkerClientUpdater? updater;

    /// <summary>Creates a service with a connection of its own.</summary>
    /// <param name="options">Options of worker and connection.</param>
    public TemporalWorkerService(TemporalWorkerServiceOptions options)
        : this(options.ClientOptions ?? throw new ArgumentException("Client options is required", nameof(options)), options) =>
        updater = options.WorkerClientUpdater;

    /// <summary>Creates a service with a connection of its own.</summary>
    /// <param name="clientOptions">Options of the connection.</param>
    /// <param name="workerOptions">Options of the worker.</param>
    public TemporalWorkerService(TemporalClientConnectOptions clientOptions, TemporalWorkerOptions workerOptions)
    {
        connectOptions = clientOptions;
        this.workerOptions = workerOptions;
    }

    /// <summary>Creates a service on a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="workerOptions">Options of the worker.</param>
    public TemporalWorkerService(ITemporalClient client, TemporalWorkerOptions workerOptions)
    {
        this.client = client;
        this.workerOptions = workerOptions;
    }

    /// <summary>Creates the service that was added to the host's services.</summary>
    /// <param name="serviceId">Which worker it is.</param>
    /// <param name="optionsMonitor">The host's options.</param>
    /// <param name="existingClient">The host's client, used when the worker's options have no connection.</param>
    /// <param name="loggerFactory">The host's logging, used when the worker's options have none.</param>
    /// <exception cref="InvalidOperationException">The options are those of another worker, or there is no client.</exception>
    [ActivatorUtilitiesConstructor]
    public TemporalWorkerService(
        TemporalWorkerServiceIdentifier serviceId,
        IOptionsMonitor<TemporalWorkerServiceOptions> optionsMonitor,
        ITemporalClient? existingClient = null,
        ILoggerFactory? loggerFactory = null)
    {
        var name = TemporalWorkerServiceOptions.Name(serviceId.TaskQueue, serviceId.Version);
        var options = (TemporalWorkerServiceOptions)optionsMonitor.Get(name).Clone();
        if (options.TaskQueue != serviceId.TaskQueue)
        {
            throw new InvalidOperationException(
                $"Task queue '{serviceId.TaskQueue}' on constructor different than '{options.TaskQueue}' on options");
        }
        options.LoggerFactory ??= loggerFactory;
        connectOptions = options.ClientOptions;
        client = connectOptions == null
            ? existingClient ?? throw new InvalidOperationException("Cannot start worker service with no client and no client connect options")
            : null;
        if (connectOptions != null && options.LoggerFactory != null)
        {
            connectOptions.LoggerFactory = options.LoggerFactory;
        }
        updater = options.WorkerClientUpdater;
        workerOptions = options;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var connected = client ?? await TemporalClient.ConnectAsync(connectOptions!).ConfigureAwait(false);

        // The host's client is usually a lazy one.
        await connected.Connection.ConnectAsync().ConfigureAwait(false);
        using var worker = new TemporalWorker(connected, workerOptions);
        updater?.Add(worker);
        try
        {
            await worker.ExecuteAsync(stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            updater?.Remove(worker);
        }
    }
}
