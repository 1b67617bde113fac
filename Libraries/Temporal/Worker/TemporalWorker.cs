using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker.ActivityRuntime;
using Temporalio.Worker.WorkflowRuntime;

namespace Temporalio.Worker;

/// <summary>Runs the workflows and activities of a task queue.</summary>
public partial class TemporalWorker : IDisposable
{
    private static readonly TimeSpan ShutdownCallTimeout = TimeSpan.FromSeconds(5);

    private readonly WorkerContext context;
    private readonly List<IWorkerComponent> components = [];
    private readonly WorkerRegistration registration;
    private readonly ILogger logger;
    private int started;

    /// <summary>Creates a worker.</summary>
    /// <param name="client">A connected client.</param>
    /// <param name="options">Options; the worker keeps a copy.</param>
    /// <exception cref="ArgumentException">The options lack something or contradict themselves.</exception>
    /// <exception cref="InvalidOperationException">The client is not connected, or has a worker for this queue already.</exception>
    public TemporalWorker(IWorkerClient client, TemporalWorkerOptions options)
    {
        Options = (TemporalWorkerOptions)options.Clone();
        context = new(AsTemporalClient(client), Options);
        logger = context.LoggerFactory.CreateLogger<TemporalWorker>();
        if (Options.Activities.Count == 0 && Options.Workflows.Count == 0)
        {
            throw new ArgumentException("Must have at least one workflow or activity", nameof(options));
        }
        if (Options.Activities.Count > 0 && !Options.LocalActivityWorkerOnly)
        {
            var activities = new ActivityWorker(context);
            context.EagerActivities = Options.DisableEagerActivityExecution ? null : activities;
            components.Add(activities);
        }
        if (Options.Workflows.Count > 0)
        {
            components.Add(new WorkflowWorker(context));
        }
        registration = WorkerRegistration.Add(context.Client.Connection, context.Namespace, context.TaskQueue, components);
    }

    /// <summary>The worker's copy of its options.</summary>
    public TemporalWorkerOptions Options { get; }

    /// <summary>The client; may be replaced by another connected client of the same namespace while the worker runs.</summary>
    public IWorkerClient Client
    {
        get => context.Client;
        set => context.Client = AsTemporalClient(value);
    }

    /// <summary>Runs the worker until it fails or is told to stop.</summary>
    /// <param name="stoppingToken">Begins the shutdown.</param>
    /// <returns>Never completes successfully.</returns>
    /// <exception cref="OperationCanceledException">It was told to stop, and has shut down.</exception>
    public Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync<ValueTuple>(null, stoppingToken);

    /// <summary>Runs the worker until some work is done.</summary>
    /// <param name="untilComplete">The work.</param>
    /// <param name="stoppingToken">Begins the shutdown before.</param>
    /// <returns>Completes when the work is done and the worker has shut down.</returns>
    public Task ExecuteAsync(Func<Task> untilComplete, CancellationToken stoppingToken = default) => ExecuteAsync(
        async () =>
        {
            await untilComplete().ConfigureAwait(false);
            return ValueTuple.Create();
        },
        stoppingToken);

    /// <summary>Runs the worker until some work is done.</summary>
    /// <typeparam name="TResult">Type of the work's result.</typeparam>
    /// <param name="untilComplete">The work.</param>
    /// <param name="stoppingToken">Begins the shutdown before.</param>
    /// <returns>The work's result, when the worker has shut down.</returns>
    public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> untilComplete, CancellationToken stoppingToken = default) =>
        RunAsync(untilComplete, stoppingToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes room for another worker on the queue. A running worker is not stopped.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()" /> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            registration.Dispose();
        }
    }

    private static ITemporalClient AsTemporalClient(IWorkerClient client)
    {
        var temporal = client as ITemporalClient ?? throw new ArgumentException("The client must be a Temporal client", nameof(client));
        return temporal.Connection.IsConnected
            ? temporal
            : throw new InvalidOperationException("The client is not connected; await Connection.ConnectAsync() before creating a worker");
    }

    private async Task<TResult> RunAsync<TResult>(Func<Task<TResult>>? untilComplete, CancellationToken stoppingToken)
    {
        if (Interlocked.Exchange(ref started, 1) != 0)
        {
            throw new InvalidOperationException("Already started");
        }
        stoppingToken.ThrowIfCancellationRequested();
        using var pollStop = new CancellationTokenSource();
        var parts = components.Select(component => component.RunAsync(pollStop.Token)).ToArray();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var stopped = Task.Delay(Timeout.Infinite, ended.Token);
        var work = untilComplete == null ? null : Task.Run(untilComplete, CancellationToken.None);
        Log.Started(logger, context.TaskQueue);
        var first = await Task.WhenAny([stopped, .. parts, .. work == null ? [] : new[] { work }]).ConfigureAwait(false);
        Log.Stopping(logger, context.TaskQueue);
        await pollStop.CancelAsync().ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        var goodbye = SayGoodbyeAsync();
        try
        {
            await Task.WhenAll(parts).ConfigureAwait(false);
        }
        finally
        {
            await goodbye.ConfigureAwait(false);
            registration.Dispose();
        }
        if (work != null && first == work)
        {
            return await work.ConfigureAwait(false);
        }
        stoppingToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException("The worker stopped by itself");
    }

    // Lets the server answer the open polls at once, and give the tasks of kept workflows to other workers.
    private async Task SayGoodbyeAsync()
    {
        try
        {
            await context.Service.ShutdownWorkerAsync(
                new()
                {
                    Namespace = context.Namespace,
                    Identity = context.Identity,
                    Reason = "graceful shutdown",
                    StickyTaskQueue = components.Select(component => component.StickyTaskQueue).FirstOrDefault(queue => queue != null) ?? "",
                    TaskQueue = context.TaskQueue,
                    TaskQueueTypes = { components.Select(component => component.TaskQueueType) },
                    WorkerInstanceKey = context.InstanceKey,
                },
                new() { Timeout = ShutdownCallTimeout }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server finds out by itself, only later.
            Log.GoodbyeFailed(logger, e, context.TaskQueue);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Worker of task queue {TaskQueue} started")]
        public static partial void Started(ILogger logger, string taskQueue);

        [LoggerMessage(Level = LogLevel.Information, Message = "Worker of task queue {TaskQueue} is shutting down")]
        public static partial void Stopping(ILogger logger, string taskQueue);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The server could not be told of the shutdown of the worker of task queue {TaskQueue}")]
        public static partial void GoodbyeFailed(ILogger logger, Exception exception, string taskQueue);
    }
}
