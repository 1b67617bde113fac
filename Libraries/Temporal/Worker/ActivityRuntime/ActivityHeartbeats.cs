using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Worker.ActivityRuntime;

/// <summary>
/// Sends an activity's heartbeats: the first at once, then the newest one at intervals. The server's answers tell of
/// cancellation.
/// </summary>
/// <param name="worker">The worker.</param>
/// <param name="context">The activity.</param>
/// <param name="onRecorded">Called at each heartbeat of the activity.</param>
/// <param name="logger">Where failures are logged.</param>
[SuppressMessage("Design", "CA1001", Justification = "EndAsync releases the source.")]
internal sealed partial class ActivityHeartbeats(WorkerContext worker, ActivityExecutionContext context, Action onRecorded, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();
    private object?[]? unsent;
    private object?[]? newest;
    private Task sending = Task.CompletedTask;

    /// <summary>Why a heartbeat could not be recorded, null when all could.</summary>
    public Exception? Failure { get; private set; }

    private TimeSpan Interval
    {
        get
        {
            var wanted = context.Info.HeartbeatTimeout * 0.8 ?? worker.Options.DefaultHeartbeatThrottleInterval;
            return wanted < worker.Options.MaxHeartbeatThrottleInterval ? wanted : worker.Options.MaxHeartbeatThrottleInterval;
        }
    }

    public void Record(object?[] details)
    {
        onRecorded();
        lock (gate)
        {
            if (ended.IsCancellationRequested)
            {
                return;
            }
            newest = unsent = details;
            if (sending.IsCompleted)
            {
                sending = Task.Run(SendAsync);
            }
        }
    }

    /// <summary>Ends the sending; a heartbeat that is on its way is awaited.</summary>
    public async Task EndAsync()
    {
        Task last;
        lock (gate)
        {
            ended.Cancel();
            last = sending;
        }
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    /// <summary>Converts what the newest heartbeat carried, sent or not; null when there was none.</summary>
    public async Task<Payloads?> ReadNewestAsync()
    {
        try
        {
            return newest == null ? null : await context.Info.DataConverter.ToArgumentsAsync(newest).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The activity's own failure must be reported whatever its heartbeat was.
            Log.HeartbeatFailed(logger, e, context.Info.ActivityType);
            return null;
        }
    }

    /// <summary>Sends a heartbeat that was held back, before the report of a cancellation, which cannot carry it.</summary>
    public async Task FlushAsync()
    {
        if (Take() is { } details)
        {
            await SendAsync(details).ConfigureAwait(false);
        }
    }

    private object?[]? Take()
    {
        lock (gate)
        {
            return Interlocked.Exchange(ref unsent, null);
        }
    }

    private async Task SendAsync()
    {
        while (true)
        {
            object?[]? details;
            lock (gate)
            {
                if (unsent == null || ended.IsCancellationRequested)
                {
                    // Decided under the lock, so that Record either finds this task ended or its details are seen here.
                    sending = Task.CompletedTask;
                    return;
                }
                details = Interlocked.Exchange(ref unsent, null);
            }
            await SendAsync(details!).ConfigureAwait(false);
            await Task.Delay(Interval, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(object?[] details)
    {
        try
        {
            var request = new RecordActivityTaskHeartbeatRequest
            {
                Namespace = worker.Namespace,
                Identity = worker.Identity,
                TaskToken = ByteString.CopyFrom(context.Info.TaskToken),
                Details = await context.Info.DataConverter.ToArgumentsAsync(details).ConfigureAwait(false),
            };
            Read(await worker.Service.RecordActivityTaskHeartbeatAsync(request, new() { Retry = true }).ConfigureAwait(false));
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            context.Cancel(ActivityCancelReason.GoneFromServer, new() { IsGoneFromServer = true });
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The next heartbeat may succeed; if none does, the server notices.
            Log.HeartbeatFailed(logger, e, context.Info.ActivityType);
        }
        catch (Exception e)
        {
            Failure = e;
            context.Cancel(ActivityCancelReason.HeartbeatRecordFailure, new() { IsHeartbeatRecordFailure = true });
        }
    }

    private void Read(RecordActivityTaskHeartbeatResponse response)
    {
        var reason = response switch
        {
            { CancelRequested: true } => ActivityCancelReason.CancelRequested,
            { ActivityReset: true } => ActivityCancelReason.Reset,
            { ActivityPaused: true } => ActivityCancelReason.Paused,
            _ => ActivityCancelReason.None,
        };
        if (reason != ActivityCancelReason.None)
        {
            context.Cancel(reason, new()
            {
                IsCancelRequested = response.CancelRequested,
                IsPaused = response.ActivityPaused,
                IsReset = response.ActivityReset,
            });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A heartbeat of activity {ActivityType} was not recorded")]
        public static partial void HeartbeatFailed(ILogger logger, Exception exception, string activityType);
    }
}
