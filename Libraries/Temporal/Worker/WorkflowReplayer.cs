using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker.WorkflowRuntime;

namespace Temporalio.Worker;

/// <summary>Runs workflow code against recorded histories, without a server, to find out whether the code would still
/// issue the commands that the histories record.</summary>
public class WorkflowReplayer
{
    private readonly WorkflowRuntimeOptions runtimeOptions;

    /// <summary>Makes a replayer.</summary>
    /// <exception cref="ArgumentException">There is no workflow.</exception>
    public WorkflowReplayer(WorkflowReplayerOptions options)
    {
        if (options.Workflows.Count == 0)
        {
            throw new ArgumentException("Must have at least one workflow", nameof(options));
        }

        Options = (WorkflowReplayerOptions)options.Clone();
        runtimeOptions = new(
            Options.Namespace,
            Options.TaskQueue,
            Options.BuildId ?? string.Empty,
            [.. Options.Workflows],
            Options.DataConverter,
            [.. Options.Interceptors ?? []],
            Options.LoggerFactory)
        {
            FailureExceptionTypes = Options.WorkflowFailureExceptionTypes ?? [],
            DeadlockTimeout = Options.DebugMode ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(2),
            OnTaskStarting = e => Options.OnTaskStarting(this, e),
            OnTaskCompleted = e => Options.OnTaskCompleted(this, e),
        };
    }

    /// <summary>This replayer's own copy of its options.</summary>
    public WorkflowReplayerOptions Options { get; }

    /// <summary>Replays one history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="throwOnReplayFailure">Whether a misfit is thrown instead of returned.</param>
    /// <param name="cancellationToken">Ends the replay between two workflow tasks.</param>
    /// <exception cref="WorkflowNondeterminismException">The code would issue other commands.</exception>
    /// <exception cref="InvalidWorkflowOperationException">The code cannot run on the history.</exception>
    public async Task<WorkflowReplayResult> ReplayWorkflowAsync(
        WorkflowHistory history, bool throwOnReplayFailure = true, CancellationToken cancellationToken = default)
    {
        var failure = await ReplayAsync(history, cancellationToken).ConfigureAwait(false);
        if (failure != null && throwOnReplayFailure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return new(history, failure);
    }

    /// <summary>Replays several histories.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="throwOnReplayFailure">Whether the first misfit is thrown instead of returned.</param>
    /// <param name="cancellationToken">Ends the replay between two workflow tasks.</param>
    public async Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        IEnumerable<WorkflowHistory> histories,
        bool throwOnReplayFailure = false,
        CancellationToken cancellationToken = default)
    {
        var results = new List<WorkflowReplayResult>();
        foreach (var history in histories)
        {
            results.Add(await ReplayWorkflowAsync(history, throwOnReplayFailure, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    /// <summary>Replays several histories as they come.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="throwOnReplayFailure">Whether the first misfit is thrown instead of returned.</param>
    /// <param name="cancellationToken">Ends the replay between two workflow tasks.</param>
    public async IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        IAsyncEnumerable<WorkflowHistory> histories,
        bool throwOnReplayFailure = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var history in histories.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return await ReplayWorkflowAsync(history, throwOnReplayFailure, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Exception?> ReplayAsync(WorkflowHistory history, CancellationToken cancellationToken)
    {
        using var guard = Options.DisableWorkflowTracingEventListener ? null : SchedulerGuard.Watch();
        var events = history.Events.Select(historyEvent => historyEvent.Clone()).ToList();
        if (events is not [{ WorkflowExecutionStartedEventAttributes: { } started }, ..])
        {
            return new InvalidWorkflowOperationException("The history does not begin with the start of a workflow");
        }

        var task = new PollWorkflowTaskQueueResponse
        {
            WorkflowExecution = new() { WorkflowId = history.Id, RunId = started.OriginalExecutionRunId },
            WorkflowType = started.WorkflowType,
            History = new() { Events = { events } },
            // All that the history holds was seen before.
            PreviousStartedEventId = events[^1].EventId,
        };
        if (Options.DataConverter.PayloadCodec is { } codec)
        {
            await PayloadVisitor.DecodeAsync(task, codec).ConfigureAwait(false);
        }

        var buffer = new HistoryBuffer(new(task.History.Events, ByteString.Empty), NoMorePages);
        var run = new WorkflowRun(runtimeOptions, history.Id, started.OriginalExecutionRunId);
        var result = await run.HandleAsync(task, buffer, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            WorkflowTaskFailure { Exception: InvalidWorkflowOperationException known } => known,
            WorkflowTaskFailure failure => new InvalidWorkflowOperationException(failure.Exception.Message),
            WorkflowTaskSuccess success => LeftoverOf(success, events),
            _ => null,
        };
    }

    /// <summary>After the history of a run that has ended, the workflow must not want anything more.</summary>
    private static WorkflowNondeterminismException? LeftoverOf(WorkflowTaskSuccess success, List<HistoryEvent> events) =>
        success.Commands.Count > 0 && WorkflowEvents.IsFinal(events[^1])
            && events[^1].EventType is not (EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionTimedOut)
            ? new($"The workflow issued {success.Commands.Count} command(s) of which the history knows nothing, "
                + $"the first of type {success.Commands[0].CommandType}")
            : null;

    private static Task<HistoryPage> NoMorePages(ByteString token, CancellationToken cancellationToken) =>
        Task.FromResult(new HistoryPage([], ByteString.Empty));
}
