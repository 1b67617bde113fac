using ImageLibrary.Core;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

// Discovery, the window of children, and the folding of their counts.
public sealed partial class LibraryScan
{
    private readonly List<string> ended = [];
    private double shownPercent;
    private bool folding;
    private bool foldDue;

    private void StartDiscovery()
    {
        if (!discovering && !state.Discovered && pending.Count < 2 * concurrency)
        {
            discovering = true;
            _ = DiscoverAsync();
        }
    }

    private async Task DiscoverAsync()
    {
        var request = new DiscoverCollectionsInput(input with { Carried = null }, jobId, state.Cursor, state.Collections.Total);
        try
        {
            var page = await Workflow.ExecuteActivityAsync(
                (IDiscoverCollections activity) => activity.DiscoverCollectionsAsync(request),
                JobActivityOptions.Work(stop.Token));
            foreach (var work in page.Work)
            {
                pending.Enqueue(work);
            }
            state = state with
            {
                Cursor = page.Cursor,
                Discovered = page.Done,
                ProtectedPaths = [.. state.ProtectedPaths, .. page.ProtectedPaths],
                Images = state.Images + page.Images,
                Collections = state.Collections with
                {
                    Total = state.Collections.Total + page.Found,
                    Skipped = state.Collections.Skipped + page.Skipped,
                },
            };
            foldDue = true;
            if (page.Done)
            {
                await RecordStateAsync(null, JobStage.Rendering);
            }
        }
        catch (Exception exception) when (ActivityStop.Caused(exception))
        {
            // Paused or cancelled; the page is asked for again on resume.
        }
        catch (FailureException exception)
        {
            fault = exception;
        }
        finally
        {
            discovering = false;
            changes++;
        }
    }

    private void StartCollections()
    {
        while (open.Count < concurrency && pending.TryDequeue(out var work))
        {
            if (open.TryAdd(work.Id, new OpenCollection()))
            {
                _ = ProcessAsync(work);
            }
        }
    }

    private async Task ProcessAsync(CollectionWork work)
    {
        try
        {
            var child = await StartChildAsync(work);
            open[work.Id].Child = child;
            if (open[work.Id].StartedPaused != paused)
            {
                await RelayAsync(work.Id);
            }
            var result = await child.GetResultAsync();
            state = state with { Images = state.Images + result.Counts };
            ended.Add(work.Id);
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // What the child recorded stays in the store.
        }
        catch (FailureException)
        {
            state = state with { BrokenCollections = state.BrokenCollections + 1 };
        }
        finally
        {
            open.Remove(work.Id);
            if (!ending.IsCancellationRequested)
            {
                state = state with { Collections = state.Collections with { Done = state.Collections.Done + 1 } };
                foldDue = true;
            }
            changes++;
        }
    }

    private async Task<ChildWorkflowHandle<ICollectionProcessing, CollectionProcessingResult>> StartChildAsync(CollectionWork work)
    {
        while (true)
        {
            open[work.Id].StartedPaused = paused;
            try
            {
                return await Workflow.StartChildWorkflowAsync(
                    (ICollectionProcessing child) => child.RunAsync(new CollectionProcessingInput
                    {
                        CollectionId = work.Id,
                        JobId = jobId,
                        ResumeIncomplete = input.ResumeIncomplete,
                        OverwriteExisting = input.OverwriteExisting,
                        Deep = input.Deep,
                        Paused = paused,
                        FindMoves = state.FindMoves,
                        SearchAttributes = state.SearchAttributes,
                        EventLimit = input.EventLimit,
                    }),
                    new ChildWorkflowOptions
                    {
                        Id = WorkflowIds.Collection(work.Id),
                        ParentClosePolicy = ParentClosePolicy.RequestCancel,
                        StaticSummary = work.Name,
                        CancellationToken = ending.Token,
                    });
            }
            catch (WorkflowAlreadyStartedException)
            {
                open[work.Id].Waiting = true;
                changes++;
                await Workflow.ExecuteActivityAsync(
                    (IAwaitCollection activity) => activity.AwaitCollectionAsync(work.Id), JobActivityOptions.Update());
                open[work.Id].Waiting = false;
            }
        }
    }

    private void FoldWhenDue()
    {
        if (foldDue && !folding && (ended.Count >= concurrency || ended.Count == 0 || open.Count == 0))
        {
            _ = FoldAsync();
        }
    }

    private async Task FoldAsync()
    {
        await Workflow.WaitConditionAsync(() => !folding, CancellationToken.None);
        if (!foldDue)
        {
            return;
        }
        folding = true;
        foldDue = false;
        var fold = new FoldCollectionsInput
        {
            JobId = jobId,
            Sequence = state.FoldSequence + 1,
            Collections = state.Collections,
            Images = state.Images,
            EndedCollectionIds = [.. ended],
        };
        state = state with { FoldSequence = fold.Sequence };
        ended.Clear();
        try
        {
            await Workflow.ExecuteActivityAsync(
                (IFoldCollections activity) => activity.FoldCollectionsAsync(fold), JobActivityOptions.Closing());
            ShowProgress();
        }
        finally
        {
            folding = false;
            changes++;
        }
    }

    private void ShowProgress()
    {
        var collections = state.Collections;
        Workflow.CurrentDetails = $"{collections.Done + collections.Skipped} of {collections.Total} collections"
            + (state.Discovered ? "" : " found so far");
        if (state.SearchAttributes && state.Discovered && collections.Total > 0)
        {
            var done = collections.Done + collections.Skipped + open.Values.Sum(collection => collection.Fraction);
            var percent = Math.Floor(100.0 * done / collections.Total);
            if (percent > shownPercent)
            {
                shownPercent = percent;
                Workflow.UpsertTypedSearchAttributes(JobSearchAttributes.Progress.ValueSet(percent));
            }
        }
    }

    private sealed class OpenCollection
    {
        public ChildWorkflowHandle<ICollectionProcessing, CollectionProcessingResult>? Child { get; set; }

        public bool StartedPaused { get; set; }

        public bool Waiting { get; set; }

        public bool Paused { get; set; }

        /// <summary>What it has told.</summary>
        public ScanCounts Images { get; set; } = new();

        /// <summary>How much of what it has found so far needs nothing more, 0 to 1.</summary>
        public double Fraction => Images.Total == 0 ? 0 : (double)Images.Done / Images.Total;
    }
}
