using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>What a running activity knows and may do. It flows with the activity's asynchronous code.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no handle; the activity's code may use its token after the end.")]
public partial class ActivityExecutionContext
{
    private static readonly AsyncLocal<ActivityExecutionContext?> Flowing = new();

    private readonly ITemporalClient? client;
    private readonly CancellationTokenSource canceled = new();
    private readonly Lock gate = new();

    /// <summary>Creates a context.</summary>
    /// <param name="info">The activity.</param>
    /// <param name="client">Client of the worker.</param>
    /// <param name="logger">Logger of the activity.</param>
    /// <param name="workerShutdownToken">Cancelled when the worker begins to shut down.</param>
    internal ActivityExecutionContext(ActivityInfo info, ITemporalClient? client, ILogger logger, CancellationToken workerShutdownToken)
    {
        Info = info;
        this.client = client;
        Logger = logger;
        WorkerShutdownToken = workerShutdownToken;
        CancellationToken = canceled.Token;
    }

    /// <summary>Whether the code runs in an activity.</summary>
    public static bool HasCurrent => Flowing.Value != null;

    /// <summary>The context of the running activity.</summary>
    /// <exception cref="InvalidOperationException">The code does not run in an activity.</exception>
    public static ActivityExecutionContext Current => Flowing.Value ?? throw new InvalidOperationException("No current context");

    /// <summary>The activity.</summary>
    public ActivityInfo Info { get; }

    /// <summary>Logger of the activity.</summary>
    public ILogger Logger { get; }

    /// <summary>Why it was cancelled.</summary>
    public ActivityCancelReason CancelReason { get; private set; }

    /// <summary>All that is known about its cancellation, null when it was not cancelled.</summary>
    public ActivityCancellationDetails? CancellationDetails { get; private set; }

    /// <summary>
    /// Cancelled when the activity is to end: it was asked for (which only a heartbeat learns), it took too long, or
    /// the worker shuts down and the graceful time is over.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Cancelled when the worker begins to shut down.</summary>
    public CancellationToken WorkerShutdownToken { get; }

    /// <summary>Converter of the activity's values.</summary>
    public IPayloadConverter PayloadConverter => Info.DataConverter.PayloadConverter;

    /// <summary>Client of the worker.</summary>
    /// <exception cref="InvalidOperationException">There is none, as in some tests.</exception>
    public ITemporalClient TemporalClient => client ?? throw new InvalidOperationException("No Temporal client available");

    /// <summary>Where the activity's heartbeats go.</summary>
    internal Action<object?[]>? Heartbeater { get; set; }

    /// <summary>
    /// Records that the activity is alive and how far it has come. Never waits: the worker sends the newest one at
    /// intervals.
    /// </summary>
    /// <param name="details">What the next attempt gets to know.</param>
    public void Heartbeat(params object?[] details)
    {
        if (Heartbeater == null)
        {
            throw new InvalidOperationException("The activity has no heartbeats");
        }
        Heartbeater(details);
    }

    /// <summary>Makes a context the current one of the calling code, or none.</summary>
    internal static void SetCurrent(ActivityExecutionContext? context) => Flowing.Value = context;

    /// <summary>Cancels the activity; the first reason stays.</summary>
    internal void Cancel(ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        lock (gate)
        {
            if (CancelReason != ActivityCancelReason.None || canceled.IsCancellationRequested)
            {
                return;
            }
            CancelReason = reason;
            CancellationDetails = details;
        }
        CancelToken();
    }

    /// <summary>Cancels what the activity may have left running, without a reason.</summary>
    internal void End()
    {
        CancelToken();
        Heartbeater = static _ => { };
    }

    // A callback of the activity's that fails must neither end the process nor keep others from being cancelled.
    private void CancelToken()
    {
        try
        {
            canceled.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.CancellationCallbackFailed(Logger, exception, Info.ActivityType);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A callback for the cancellation of activity {Activity} failed")]
        public static partial void CancellationCallbackFailed(ILogger logger, Exception exception, string activity);
    }
}
