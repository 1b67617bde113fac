using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>
/// Removes closed runs whose namespace keeps them no longer. It works in small slices, each a transition of its own, so that no commit
/// that somebody waits for becomes long.
/// </summary>
internal sealed partial class RetentionSweep(TemporalEngine engine, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A slice ends with the run that brings it to so many events.</summary>
    private const int SliceEvents = 2000;
    private const int SliceRuns = 100;

    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;

    public void Start() => loop = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        stopping.Dispose();
    }

    /// <summary>Removes everything that is over now.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in engine.Namespaces.All)
        {
            var before = engine.Time.GetUtcNow() - entry.Config.WorkflowExecutionRetentionTtl.ToTimeSpan();
            while (engine.Visibility.ClosedBefore(entry.NamespaceInfo.Name, before, SliceRuns, SliceEvents) is { Count: > 0 } keys)
            {
                await engine.Shard.ExecuteAsync(step =>
                {
                    engine.Workflows.Remove(step, keys);
                    return true;
                }).ConfigureAwait(false);
                await Task.Delay(Pause, engine.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, engine.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                await TrySweepAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TrySweepAsync()
    {
        try
        {
            await SweepAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RpcException or SqliteException)
        {
            LogPostponed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old workflows could not be removed; trying again in a minute")]
    private static partial void LogPostponed(ILogger logger, Exception exception);
}
