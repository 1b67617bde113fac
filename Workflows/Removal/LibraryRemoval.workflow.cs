using ImageLibrary.Core;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>
/// Ends the library's jobs, then removes collection after collection, each under its lock, then the library. Nothing is
/// remembered of what was removed: each page lists what is still there, so that a repeat goes on where it stopped.
/// </summary>
[Workflow("LibraryRemoval")]
public sealed class LibraryRemoval : ILibraryRemoval
{
    private const int CollectionsAtOnce = 8;
    private readonly LibraryRemovalInput input;
    private LibraryRemovalState state;
    private int open;

    /// <summary>Takes over where a former run stopped.</summary>
    /// <param name="input">Which library.</param>
    [WorkflowInit]
    public LibraryRemoval(LibraryRemovalInput input)
    {
        this.input = input;
        state = input.Carried ?? new LibraryRemovalState { JobId = Workflow.Info.FirstExecutionRunId };
    }

    /// <inheritdoc/>
    [WorkflowRun]
    public async Task RunAsync(LibraryRemovalInput input)
    {
        try
        {
            if (this.input.Carried is null)
            {
                await StartAsync();
            }
            await RemoveCollectionsAsync();
            await Workflow.ExecuteActivityAsync(
                (IRemoveLibrary activity) => activity.RemoveLibraryAsync(this.input.LibraryId), JobActivityOptions.Update());
            await FinishAsync(JobState.Completed, null);
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception) && Workflow.CancellationToken.IsCancellationRequested)
        {
            await Workflow.WaitConditionAsync(() => open == 0, CancellationToken.None);
            await FinishAsync(JobState.Cancelled, null);
            throw;
        }
        catch (FailureException exception)
        {
            await FinishAsync(JobState.Failed, exception.InnerException?.Message ?? exception.Message);
            throw;
        }
    }

    private async Task StartAsync()
    {
        var settings = await Workflow.ExecuteActivityAsync(
            (IStartLibraryRemoval activity) => activity.StartLibraryRemovalAsync(new StartLibraryRemovalInput(
                input.LibraryId, state.JobId, new DateTimeOffset(Workflow.Info.WorkflowStartTime, TimeSpan.Zero))),
            JobActivityOptions.Update());
        state = state with
        {
            Collections = new CollectionCounts(Total: settings.Collections),
            SearchAttributes = settings.SearchAttributes,
        };
        if (state.SearchAttributes)
        {
            Workflow.UpsertTypedSearchAttributes(
                JobSearchAttributes.LibraryId.ValueSet(input.LibraryId),
                JobSearchAttributes.JobType.ValueSet(JsonNames.Of(JobType.Removal)),
                JobSearchAttributes.JobStage.ValueSet(JsonNames.Of(JobStage.Finishing)));
        }
        await Workflow.ExecuteActivityAsync(
            (IEndLibraryJobs activity) => activity.EndLibraryJobsAsync(new EndLibraryJobsInput(input.LibraryId, state.JobId)),
            JobActivityOptions.Update());
    }

    private async Task RemoveCollectionsAsync()
    {
        while (true)
        {
            if (Workflow.ContinueAsNewSuggested || Workflow.CurrentHistoryLength >= input.EventLimit)
            {
                var next = input with { Carried = state };
                throw Workflow.CreateContinueAsNewException((ILibraryRemoval removal) => removal.RunAsync(next));
            }
            var page = await Workflow.ExecuteActivityAsync(
                (IListRemainingCollections activity) => activity.ListRemainingCollectionsAsync(input.LibraryId),
                JobActivityOptions.Update());
            if (page.Count == 0)
            {
                return;
            }
            foreach (var collections in page.Chunk(CollectionsAtOnce))
            {
                await Workflow.WhenAllAsync(collections.Select(RemoveCollectionAsync));
            }
            await FoldAsync(page);
        }
    }

    private async Task RemoveCollectionAsync(RemainingCollection collection)
    {
        open++;
        try
        {
            while (!await TryRemoveCollectionAsync(collection))
            {
                await Workflow.ExecuteActivityAsync(
                    (IAwaitCollection activity) => activity.AwaitCollectionAsync(collection.Id), JobActivityOptions.Update());
            }
        }
        finally
        {
            open--;
        }
    }

    /// <returns>False when somebody else holds the collection's lock.</returns>
    private async Task<bool> TryRemoveCollectionAsync(RemainingCollection collection)
    {
        try
        {
            await Workflow.ExecuteChildWorkflowAsync(
                (ICollectionProcessing child) => child.RunAsync(new CollectionProcessingInput
                {
                    CollectionId = collection.Id,
                    Operation = CollectionProcessingInput.RemoveOperation,
                    JobId = state.JobId,
                    SearchAttributes = state.SearchAttributes,
                }),
                new ChildWorkflowOptions
                {
                    Id = WorkflowIds.Collection(collection.Id),
                    ParentClosePolicy = ParentClosePolicy.RequestCancel,
                    StaticSummary = $"Removal of {collection.Name}",
                });
            return true;
        }
        catch (WorkflowAlreadyStartedException)
        {
            return false;
        }
    }

    private async Task FoldAsync(IReadOnlyList<RemainingCollection> removed)
    {
        var done = state.Collections.Done + removed.Count;
        state = state with
        {
            FoldSequence = state.FoldSequence + 1,
            Collections = new CollectionCounts(Math.Max(state.Collections.Total, done), done),
            Removed = state.Removed + removed.Sum(collection => collection.Images),
        };
        await Workflow.ExecuteActivityAsync(
            (IFoldCollections activity) => activity.FoldCollectionsAsync(new FoldCollectionsInput
            {
                JobId = state.JobId,
                Sequence = state.FoldSequence,
                Collections = state.Collections,
                Images = new ScanCounts { Removed = state.Removed },
                EndedCollectionIds = new string[0],
            }),
            JobActivityOptions.Update());
        Workflow.CurrentDetails = $"{done} of {state.Collections.Total} collections removed";
    }

    private Task<string> FinishAsync(JobState end, string? error) => Workflow.ExecuteActivityAsync(
        (IFinishJob activity) => activity.FinishJobAsync(new FinishJobInput { JobId = state.JobId, State = end, Error = error }),
        JobActivityOptions.Closing());
}
