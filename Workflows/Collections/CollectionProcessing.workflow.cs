using ImageLibrary.Core;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>
/// Lists the images page by page and keeps two batches in flight, each in its own lane whose counts are absolute, so that
/// a batch which is repeated counts once.
/// </summary>
[Workflow("CollectionProcessing")]
public sealed partial class CollectionProcessing : ICollectionProcessing
{
    /// <summary>Signal by which a child tells its parent that its pause is in effect.</summary>
    public const string PausedSignal = "collectionPaused";

    /// <summary>Signal by which a child tells its parent how far it is.</summary>
    public const string ProgressSignal = "collectionProgress";

    private const int LaneCount = 2;
    private readonly CollectionProcessingInput input;
    private readonly string jobId;
    private readonly Queue<BatchRange> ranges;
    private readonly LaneState[] lanes;
    private readonly bool[] laneBusy = new bool[LaneCount];
    private CollectionProcessingState state;
    private CancellationTokenSource stop;
    private bool searchAttributes;
    private bool listing;
    private bool removing;
    private bool paused;
    private int changes;
    private FailureException? fault;

    /// <summary>Takes over where a former run stopped.</summary>
    /// <param name="input">Which collection and how.</param>
    [WorkflowInit]
    public CollectionProcessing(CollectionProcessingInput input)
    {
        this.input = input;
        jobId = input.JobId ?? Workflow.Info.FirstExecutionRunId;
        state = input.Carried ?? new CollectionProcessingState { OwnsJob = input.JobId is null };
        ranges = new Queue<BatchRange>(state.Ranges);
        lanes = state.Lanes.Count == LaneCount ? [.. state.Lanes] : [new(0, new()), new(0, new())];
        reportedBatches = Batches;
        paused = input.Paused;
        searchAttributes = input.SearchAttributes;
        stop = NewStop();
    }

    private ScanCounts Counts => lanes.Aggregate(state.Planned, (sum, lane) => sum + lane.Counts);

    private long Batches => lanes.Sum(lane => lane.BatchNumber);

    private int InFlight => (listing ? 1 : 0) + (removing ? 1 : 0) + laneBusy.Count(busy => busy);

    // The job that this collection is a part of removes what is gone when it has seen everything.
    private bool RemovalDue => state.OwnsJob && !state.Removed;

    /// <inheritdoc/>
    [WorkflowRun]
    public async Task<CollectionProcessingResult> RunAsync(CollectionProcessingInput input)
    {
        try
        {
            if (input.Operation == CollectionProcessingInput.RemoveOperation)
            {
                return await RemoveAsync();
            }
            await StartAsync();
            await ProcessImagesAsync();
            await FinishOwnJobAsync();
            return new CollectionProcessingResult(Counts);
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception) && Workflow.CancellationToken.IsCancellationRequested)
        {
            // Batches in flight finish their pictures and record them.
            await Workflow.WaitConditionAsync(() => InFlight == 0, CancellationToken.None);
            await CloseOwnJobAsync(JobState.Cancelled, null);
            throw;
        }
        catch (FailureException exception)
        {
            stop.Cancel();
            await Workflow.WaitConditionAsync(() => InFlight == 0, CancellationToken.None);
            await CloseOwnJobAsync(JobState.Failed, exception.InnerException?.Message ?? exception.Message);
            throw;
        }
    }

    private async Task StartAsync()
    {
        if (input.CollectionId.Length == 0 || input.Operation != CollectionProcessingInput.RenderOperation)
        {
            throw new ApplicationFailureException(
                $"The input needs a collectionId and the operation '{CollectionProcessingInput.RenderOperation}'.",
                FailureTypes.InvalidInput, nonRetryable: true);
        }
        if (input.Carried is not null)
        {
            return;
        }
        if (state.OwnsJob)
        {
            var settings = await Workflow.ExecuteActivityAsync(
                (IStartCollectionScan activity) => activity.StartCollectionScanAsync(
                    new StartCollectionScanInput(input, jobId, new DateTimeOffset(Workflow.Info.WorkflowStartTime, TimeSpan.Zero))),
                JobActivityOptions.Update());
            paused |= settings.Paused;
            searchAttributes = settings.SearchAttributes;
        }
        if (searchAttributes)
        {
            Workflow.UpsertTypedSearchAttributes(
                JobSearchAttributes.JobType.ValueSet(state.OwnsJob ? "collectionScan" : JobSearchAttributes.CollectionType));
        }
        ShowProgress(0);
    }

    private async Task ProcessImagesAsync()
    {
        while (true)
        {
            var seen = changes;
            if (fault is not null)
            {
                throw fault;
            }
            await HonourPauseAsync();
            ReportProgress();
            var handOver = Workflow.ContinueAsNewSuggested || Workflow.CurrentHistoryLength >= input.EventLimit;
            if (!paused && !handOver)
            {
                StartListing();
                StartBatches();
            }
            if (InFlight == 0)
            {
                var rendered = state.Listed && ranges.Count == 0 && lanes.All(lane => lane.Remainder is null);
                if (rendered && !RemovalDue)
                {
                    return;
                }
                if (handOver && !paused)
                {
                    HandOver();
                }
                if (rendered && !paused)
                {
                    removing = true;
                    _ = RemoveMissingAsync();
                }
            }
            await Workflow.WaitConditionAsync(() => changes != seen);
        }
    }

    private void HandOver()
    {
        var next = input with
        {
            JobId = jobId,
            Paused = paused,
            SearchAttributes = searchAttributes,
            Carried = state with { Ranges = [.. ranges], Lanes = [.. lanes] },
        };
        throw Workflow.CreateContinueAsNewException((ICollectionProcessing processing) => processing.RunAsync(next));
    }

    private void StartListing()
    {
        if (!listing && !state.Listed && ranges.Count < 2 * LaneCount)
        {
            listing = true;
            _ = ListAsync();
        }
    }

    private async Task ListAsync()
    {
        try
        {
            var page = await Workflow.ExecuteActivityAsync(
                (IListImages activity) => activity.ListImagesAsync(new ListImagesInput
                {
                    JobId = jobId,
                    CollectionId = input.CollectionId,
                    Page = state.Page + 1,
                    Cursor = state.Cursor,
                    Counts = state.Planned,
                    Missing = state.Missing,
                    Fingerprint = state.Fingerprint,
                    ResumeIncomplete = input.ResumeIncomplete,
                    OverwriteExisting = input.OverwriteExisting,
                    Deep = input.Deep,
                }),
                JobActivityOptions.Work(stop.Token));
            Queue(page);
            state = state with
            {
                Sequential = page.Sequential,
                Page = state.Page + 1,
                Cursor = page.Cursor,
                Listed = page.Done,
                Planned = page.Counts,
                Missing = page.Missing,
                Fingerprint = page.Fingerprint,
            };
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
            listing = false;
            changes++;
        }
    }

    // A sequential archive is one range, however many pages it has: reading it twice would mean to unpack it twice.
    private void Queue(ListImagesPage page)
    {
        if (!page.Sequential)
        {
            foreach (var range in page.Ranges)
            {
                ranges.Enqueue(range);
            }
        }
        else if (page.Ranges.Count > 0)
        {
            var from = ranges.TryDequeue(out var former) ? former : page.Ranges[0];
            ranges.Enqueue(new BatchRange(from.From, page.Ranges[^1].Through, (former?.Images ?? 0) + page.Ranges.Sum(range => range.Images)));
        }
    }

    private void StartBatches()
    {
        if (state.Sequential && !state.Listed)
        {
            return;
        }
        for (var lane = 0; lane < LaneCount; lane++)
        {
            if (!laneBusy[lane] && (lanes[lane].Remainder ?? (ranges.TryDequeue(out var next) ? next : null)) is { } range)
            {
                laneBusy[lane] = true;
                _ = RenderAsync(lane, range);
            }
        }
    }

    private async Task RenderAsync(int lane, BatchRange range)
    {
        var former = lanes[lane];
        try
        {
            if (state.Sequential)
            {
                lanes[lane] = await RenderArchiveAsync(lane, range);
                return;
            }
            var result = await Workflow.ExecuteActivityAsync(
                (IRenderBatch activity) => activity.RenderBatchAsync(new RenderBatchInput
                {
                    JobId = jobId,
                    CollectionId = input.CollectionId,
                    Lane = lane + 1,
                    BatchNumber = former.BatchNumber + 1,
                    Counts = former.Counts,
                    Range = range,
                    FindMoves = input.FindMoves,
                }),
                JobActivityOptions.Batch(stop.Token));
            lanes[lane] = new LaneState(
                former.BatchNumber + 1, result.Counts, result.Remaining > 0 ? range with { Images = result.Remaining } : null);
        }
        catch (Exception exception) when (ActivityStop.Caused(exception))
        {
            // Stopped before it started, between two attempts, or when it failed.
            lanes[lane] = former with { Remainder = range };
        }
        catch (FailureException exception)
        {
            lanes[lane] = former with { Remainder = range };
            fault = exception;
        }
        finally
        {
            laneBusy[lane] = false;
            changes++;
        }
    }

    private async Task<LaneState> RenderArchiveAsync(int lane, BatchRange range)
    {
        var former = lanes[lane];
        var result = await Workflow.ExecuteActivityAsync(
            (IRenderArchive activity) => activity.RenderArchiveAsync(new RenderArchiveInput
            {
                JobId = jobId,
                CollectionId = input.CollectionId,
                Lane = lane + 1,
                BatchNumber = former.BatchNumber,
                Counts = former.Counts,
                Range = range,
                FindMoves = input.FindMoves,
            }),
            JobActivityOptions.Archive(stop.Token));
        return new LaneState(result.BatchNumber, result.Counts, result.Remaining > 0 ? range with { Images = result.Remaining } : null);
    }
}
