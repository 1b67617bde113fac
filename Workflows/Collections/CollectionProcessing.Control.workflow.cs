using ImageLibrary.Core;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

// Pause, resume, progress, and the job that a collection is when it is scanned by itself.
public sealed partial class CollectionProcessing
{
    // After so many batches, and later after a quarter more: a report costs a few events of history, and the parent's
    // history must stay short however large its collections are.
    private const int BatchesPerReport = 10;

    private long reportedBatches;
    private bool pauseSeen;
    private bool pauseShown;

    /// <inheritdoc/>
    [WorkflowSignal("pause")]
    public Task PauseAsync()
    {
        paused = true;
        changes++;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    [WorkflowSignal("resume")]
    public Task ResumeAsync()
    {
        paused = false;
        changes++;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    [WorkflowQuery("progress")]
    public JobProgress GetProgress() => new()
    {
        JobId = jobId,
        Paused = paused,
        Stage = "rendering",
        Concurrency = LaneCount,
        InFlight = InFlight,
        Images = Counts,
    };

    private static CancellationTokenSource NewStop() =>
        CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);

    private async Task HonourPauseAsync()
    {
        if (paused != pauseSeen)
        {
            pauseSeen = paused;
            pauseShown = false;
            if (paused)
            {
                stop.Cancel();
            }
            else
            {
                stop.Dispose();
                stop = NewStop();
            }
            await RecordOwnStateAsync(paused ? JobState.Pausing : JobState.Running);
        }
        if (paused && pauseSeen && !pauseShown && InFlight == 0)
        {
            pauseShown = true;
            await RecordOwnStateAsync(JobState.Paused);
            await TellParentAsync(PausedSignal, input.CollectionId);
        }
    }

    // Whoever watches the workflow sees a large collection go on.
    private void ReportProgress()
    {
        if (Batches < reportedBatches + Math.Max(BatchesPerReport, reportedBatches / 4))
        {
            return;
        }
        reportedBatches = Batches;
        var counts = Counts;
        _ = TellParentAsync(ProgressSignal, input.CollectionId, counts);
        if (state.Listed)
        {
            ShowProgress(Math.Floor(100.0 * counts.Done / counts.Total));
        }
    }

    private void ShowProgress(double percent)
    {
        if (state.OwnsJob && searchAttributes)
        {
            Workflow.UpsertTypedSearchAttributes(JobSearchAttributes.Progress.ValueSet(percent));
        }
    }

    private async Task TellParentAsync(string signal, params IReadOnlyCollection<object?> arguments)
    {
        if (state.OwnsJob || Workflow.Info.Parent is not { } parent)
        {
            return;
        }
        try
        {
            await Workflow.GetExternalWorkflowHandle(parent.WorkflowId, parent.RunId)
                .SignalAsync(signal, arguments);
        }
        catch (FailureException) when (!Workflow.CancellationToken.IsCancellationRequested)
        {
            // The parent has ended meanwhile.
        }
    }

    private async Task RecordOwnStateAsync(JobState jobState)
    {
        if (state.OwnsJob)
        {
            await Workflow.ExecuteActivityAsync(
                (IRecordJobState activity) => activity.RecordJobStateAsync(new RecordJobStateInput { JobId = jobId, State = jobState }),
                JobActivityOptions.Update());
        }
    }

    private async Task RemoveMissingAsync()
    {
        try
        {
            var removed = await Workflow.ExecuteActivityAsync(
                (IApplyRemovals activity) => activity.ApplyRemovalsAsync(
                    new ApplyRemovalsInput { JobId = jobId, CollectionId = input.CollectionId }),
                JobActivityOptions.Batch(stop.Token));
            state = state with { Removed = true, Planned = state.Planned with { Removed = removed } };
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

    private async Task FinishOwnJobAsync()
    {
        if (!state.OwnsJob)
        {
            return;
        }
        await Workflow.ExecuteActivityAsync(
            (IFoldCollections activity) => activity.FoldCollectionsAsync(new FoldCollectionsInput
            {
                JobId = jobId,
                Sequence = 1,
                Collections = new CollectionCounts(1, 1, 0),
                Images = Counts,
                EndedCollectionIds = new[] { input.CollectionId },
            }),
            JobActivityOptions.Update());
        await CloseOwnJobAsync(JobState.Completed, null);
        ShowProgress(100);
    }

    private async Task CloseOwnJobAsync(JobState end, string? error)
    {
        if (state.OwnsJob)
        {
            await Workflow.ExecuteActivityAsync(
                (IFinishJob activity) => activity.FinishJobAsync(new FinishJobInput { JobId = jobId, State = end, Error = error }),
                JobActivityOptions.Closing());
        }
    }
}
