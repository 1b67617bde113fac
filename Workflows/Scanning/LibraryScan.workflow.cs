using ImageLibrary.Core;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>
/// Discovery hands out collections page by page; a sliding window of children processes them. A run ends with its window
/// drained, because no child outlives the run that started it. What is gone is removed at the end, once everything was seen.
/// </summary>
[Workflow("LibraryScan")]
public sealed partial class LibraryScan : ILibraryScan
{
    private readonly LibraryScanInput input;
    private readonly string jobId;
    private readonly Queue<CollectionWork> pending;
    private readonly SortedDictionary<string, OpenCollection> open = new(StringComparer.Ordinal);
    private LibraryScanState state;
    private CancellationTokenSource stop;
    private CancellationTokenSource ending;
    private bool discovering;
    private bool removing;
    private bool paused;
    private int concurrency;
    private int changes;

    /// <summary>Takes over where a former run stopped.</summary>
    /// <param name="input">What to scan and how.</param>
    [WorkflowInit]
    public LibraryScan(LibraryScanInput input)
    {
        this.input = input;
        jobId = input.Carried?.JobId ?? Workflow.Info.FirstExecutionRunId;
        state = input.Carried ?? new LibraryScanState { JobId = jobId };
        pending = new Queue<CollectionWork>(state.Pending);
        paused = state.Paused;
        concurrency = state.Concurrency;
        stop = NewStop();
        ending = NewStop();
    }

    /// <inheritdoc/>
    [WorkflowRun]
    public async Task<LibraryScanResult> RunAsync(LibraryScanInput input)
    {
        try
        {
            if (this.input.Carried is null)
            {
                await StartAsync();
            }
            await ProcessCollectionsAsync();
            await FoldAsync();
            return await FinishAsync(JobState.Completed, null);
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception) && Workflow.CancellationToken.IsCancellationRequested)
        {
            await CloseCancelledAsync();
            throw;
        }
        catch (FailureException exception)
        {
            stop.Cancel();
            ending.Cancel();
            await DrainAsync();
            await FinishAsync(JobState.Failed, Sentence(exception));
            throw;
        }
    }

    private async Task StartAsync()
    {
        var settings = await Workflow.ExecuteActivityAsync(
            (IStartLibraryScan activity) => activity.StartLibraryScanAsync(
                new StartLibraryScanInput(input, jobId, new DateTimeOffset(Workflow.Info.WorkflowStartTime, TimeSpan.Zero))),
            JobActivityOptions.Update());
        concurrency = concurrency == 0 ? settings.Concurrency : concurrency;
        paused |= settings.Paused;
        state = state with { FindMoves = settings.FindMoves, SearchAttributes = settings.SearchAttributes };
        ShowStage(JobStage.Discovering);
        if (state.SearchAttributes)
        {
            Workflow.UpsertTypedSearchAttributes(
                JobSearchAttributes.LibraryId.ValueSet(input.LibraryId),
                JobSearchAttributes.JobType.ValueSet("scan"),
                JobSearchAttributes.Progress.ValueSet(0));
        }
    }

    private async Task ProcessCollectionsAsync()
    {
        while (true)
        {
            var seen = changes;
            await HonourPauseAsync();
            var handOver = Workflow.ContinueAsNewSuggested || Workflow.CurrentHistoryLength >= input.EventLimit;
            if (!paused && !handOver)
            {
                StartDiscovery();
                StartCollections();
            }
            if (open.Count == 0 && !discovering && !removing)
            {
                if (state.Removed)
                {
                    return;
                }
                if (handOver && !paused)
                {
                    await HandOverAsync();
                }
                if (pending.Count == 0 && state.Discovered && !paused)
                {
                    removing = true;
                    _ = RemoveMissingAsync();
                }
            }
            FoldWhenDue();
            await Workflow.WaitConditionAsync(() => changes != seen);
        }
    }

    private async Task HandOverAsync()
    {
        await FoldAsync();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        var next = input with
        {
            Carried = state with { Pending = [.. pending], Paused = paused, Concurrency = concurrency },
        };
        throw Workflow.CreateContinueAsNewException((ILibraryScan scan) => scan.RunAsync(next));
    }

    private async Task RemoveMissingAsync()
    {
        try
        {
            await RecordStateAsync(null, JobStage.Finishing);
            var removed = await Workflow.ExecuteActivityAsync(
                (IApplyRemovals activity) => activity.ApplyRemovalsAsync(new ApplyRemovalsInput
                {
                    JobId = jobId,
                    LibraryId = input.LibraryId,
                    ScopePath = input.Path ?? "",
                    ProtectedPaths = state.ProtectedPaths,
                }),
                JobActivityOptions.Batch(stop.Token));
            state = state with { Removed = true, Images = state.Images with { Removed = removed } };
            foldDue |= removed > 0;
        }
        catch (Exception exception) when (ActivityStop.Caused(exception))
        {
            // Paused or cancelled; it goes on where it stopped, because its counts are absolute.
        }
        catch (FailureException exception)
        {
            fault = exception;
        }
        finally
        {
            removing = false;
            changes++;
        }
    }

    private static CancellationTokenSource NewStop() =>
        CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);

    private Task DrainAsync() =>
        Workflow.WaitConditionAsync(() => open.Count == 0 && !discovering && !removing && !folding, CancellationToken.None);

    private async Task CloseCancelledAsync()
    {
        // The children finish the pictures in flight and record them.
        await Workflow.ExecuteActivityAsync(
            (IRecordJobState activity) => activity.RecordJobStateAsync(new RecordJobStateInput { JobId = jobId, State = JobState.Cancelling }),
            JobActivityOptions.Closing());
        await DrainAsync();
        await FoldAsync();
        await FinishAsync(JobState.Cancelled, null);
    }

    private async Task<LibraryScanResult> FinishAsync(JobState end, string? error)
    {
        var ended = await Workflow.ExecuteActivityAsync(
            (IFinishJob activity) => activity.FinishJobAsync(new FinishJobInput
            {
                JobId = jobId,
                State = end,
                Error = error,
                Incomplete = state.BrokenCollections > 0,
            }),
            JobActivityOptions.Closing());
        if (state.SearchAttributes && end == JobState.Completed)
        {
            Workflow.UpsertTypedSearchAttributes(JobSearchAttributes.Progress.ValueSet(100));
        }
        Workflow.CurrentDetails = $"{ended}: {state.Collections.Done} collections processed, {state.Collections.Skipped} up to date";
        return new LibraryScanResult { JobId = jobId, State = ended, Collections = state.Collections, Images = state.Images };
    }

    private static string Sentence(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }
        return exception.Message;
    }
}
