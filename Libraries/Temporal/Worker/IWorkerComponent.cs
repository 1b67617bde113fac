using Temporalio.Api.Enums.V1;

namespace Temporalio.Worker;

/// <summary>
/// A part of a worker with its own polls: one for workflow tasks, one for activities. <see cref="TemporalWorker" />
/// creates each from the <see cref="WorkerContext" /> and runs them side by side.
/// </summary>
internal interface IWorkerComponent
{
    /// <summary>Kind of the tasks that it polls for.</summary>
    TaskQueueType TaskQueueType { get; }

    /// <summary>Name of the queue that belongs to this worker alone, null when there is none.</summary>
    string? StickyTaskQueue { get; }

    /// <summary>
    /// Polls until told to stop, then finishes the tasks in hand. When <paramref name="pollStop" /> is cancelled, open
    /// polls are answered by the server soon afterwards, because the worker calls ShutdownWorker; they may carry a
    /// task, so they are awaited for a moment before they are cancelled.
    /// </summary>
    /// <param name="pollStop">Cancelled when shutdown begins.</param>
    /// <returns>Completes when nothing of it runs any more; fails when a poll failed for good.</returns>
    Task RunAsync(CancellationToken pollStop);
}
