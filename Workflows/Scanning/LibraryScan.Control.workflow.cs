using ImageLibrary.Core;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

// Pause, resume, concurrency, progress, and the state that a person sees.
public sealed partial class LibraryScan
{
    private FailureException? fault;
    private bool relayedPause;
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

    /// <summary>A child tells that its pause is in effect.</summary>
    /// <param name="collectionId">The collection.</param>
    [WorkflowSignal(CollectionProcessing.PausedSignal)]
    public Task CollectionPausedAsync(string collectionId)
    {
        if (open.TryGetValue(collectionId, out var collection))
        {
            collection.Paused = true;
            changes++;
        }
        return Task.CompletedTask;
    }

    /// <summary>A child tells how far it is.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="counts">Its images so far.</param>
    [WorkflowSignal(CollectionProcessing.ProgressSignal)]
    public Task CollectionProgressAsync(string collectionId, ScanCounts counts)
    {
        if (open.TryGetValue(collectionId, out var collection))
        {
            collection.Images = counts;
            ShowProgress();
        }
        return Task.CompletedTask;
    }

    /// <summary>Refuses values out of range before they reach history.</summary>
    /// <param name="concurrency">Collections at once.</param>
    [WorkflowUpdateValidator(nameof(SetConcurrencyAsync))]
    public void ValidateConcurrency(int concurrency)
    {
        if (concurrency is < 1 or > RunLimits.MaxConcurrency)
        {
            throw new ApplicationFailureException(
                $"Concurrency must be 1 to {RunLimits.MaxConcurrency}, not {concurrency}.", FailureTypes.InvalidInput, nonRetryable: true);
        }
    }

    /// <inheritdoc/>
    [WorkflowUpdate("setConcurrency")]
    public Task<int> SetConcurrencyAsync(int concurrency)
    {
        var former = this.concurrency;
        this.concurrency = concurrency;
        changes++;
        return Task.FromResult(former);
    }

    /// <inheritdoc/>
    [WorkflowQuery("progress")]
    public JobProgress GetProgress() => new()
    {
        JobId = jobId,
        Paused = paused,
        Stage = state.Discovered ? "rendering" : "discovering",
        Concurrency = concurrency,
        InFlight = open.Count,
        Collections = state.Collections,
        Images = open.Values.Aggregate(state.Images, (sum, collection) => sum + collection.Images),
    };

    private bool PauseInEffect => !discovering && !removing && open.Values.All(collection => collection.Paused || collection.Waiting);

    private async Task HonourPauseAsync()
    {
        if (fault is not null)
        {
            // Discovery or removal cannot go on.
            throw fault;
        }
        if (paused != relayedPause)
        {
            relayedPause = paused;
            pauseShown = false;
            foreach (var collection in open.Values)
            {
                collection.Paused = false;
            }
            if (paused)
            {
                stop.Cancel();
            }
            else
            {
                stop.Dispose();
                stop = NewStop();
            }
            // First of all: an activity may have to wait for its turn behind the very batches that are to stop.
            await Workflow.WhenAllAsync(open.Keys.ToList().Select(RelayAsync));
            await RecordStateAsync(relayedPause ? JobState.Pausing : JobState.Running, null);
        }
        if (paused && relayedPause && !pauseShown && PauseInEffect)
        {
            pauseShown = true;
            await RecordStateAsync(JobState.Paused, null);
        }
    }

    private async Task RelayAsync(string collectionId)
    {
        if (!open.TryGetValue(collectionId, out var collection) || collection.Child is not { } child)
        {
            return;
        }
        try
        {
            if (paused)
            {
                await child.SignalAsync(processing => processing.PauseAsync());
            }
            else
            {
                await child.SignalAsync(processing => processing.ResumeAsync());
            }
        }
        catch (FailureException) when (!Workflow.CancellationToken.IsCancellationRequested)
        {
            // The child has ended meanwhile.
        }
    }

    private Task RecordStateAsync(JobState? jobState, JobStage? stage)
    {
        if (stage is { } shown)
        {
            ShowStage(shown);
        }
        return Workflow.ExecuteActivityAsync(
            (IRecordJobState activity) => activity.RecordJobStateAsync(
                new RecordJobStateInput { JobId = jobId, State = jobState, Stage = stage }),
            JobActivityOptions.Update());
    }

    private void ShowStage(JobStage stage)
    {
        if (state.SearchAttributes)
        {
            Workflow.UpsertTypedSearchAttributes(JobSearchAttributes.JobStage.ValueSet(JsonNames.Of(stage)));
        }
    }
}
