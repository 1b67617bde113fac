using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker;

/// <summary>What the parts of one worker share.</summary>
internal sealed class WorkerContext
{
    public WorkerContext(ITemporalClient client, TemporalWorkerOptions options)
    {
        Client = client;
        Options = options;
        TaskQueue = options.TaskQueue ?? throw new ArgumentException("Missing task queue", nameof(options));
        LoggerFactory = options.LoggerFactory ?? client.Options.LoggerFactory;
        Identity = options.Identity ?? client.Connection.Options.Identity!;
        Interceptors =
        [
            .. client.Options.Interceptors?.OfType<IWorkerInterceptor>() ?? [],
            .. options.Interceptors ?? [],
        ];
    }

    /// <summary>The client; may be replaced while the worker runs.</summary>
    public ITemporalClient Client { get; set; }

    /// <summary>The worker's own copy of its options.</summary>
    public TemporalWorkerOptions Options { get; }

    /// <summary>The task queue.</summary>
    public string TaskQueue { get; }

    /// <summary>The namespace.</summary>
    public string Namespace => Client.Options.Namespace;

    /// <summary>The raw calls.</summary>
    public WorkflowService Service => Client.Connection.WorkflowService;

    /// <summary>Converter of values and failures.</summary>
    public DataConverter DataConverter => Client.Options.DataConverter;

    /// <summary>Who the worker is.</summary>
    public string Identity { get; }

    /// <summary>Distinguishes this worker from all others, also of the same identity.</summary>
    public string InstanceKey { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Where the worker logs.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>Interceptors of the client, then of the worker; the first is the outermost.</summary>
    public IReadOnlyList<IWorkerInterceptor> Interceptors { get; }

    /// <summary>Activities for which the task queue is not needed; null when the worker runs none.</summary>
    public IEagerActivities? EagerActivities { get; set; }
}
