using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>
/// Renders a batch and records it by one update of the store. It can be repeated at any point: a batch that was recorded
/// is not recorded again, results that were heartbeated are taken over, files that were written are used.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="roots">The offline guard.</param>
/// <param name="archives">Opens archives.</param>
/// <param name="renderer">Knows the recipes.</param>
/// <param name="blobs">The cache folder.</param>
/// <param name="pipeline">Reads and renders.</param>
/// <param name="recorder">Records results.</param>
/// <param name="settings">Settings.</param>
/// <param name="time">The clock.</param>
public sealed class RenderBatch(
    ILibraryStore store, JobBooks books, RootGuard roots, IArchiveOpener archives, IImageRenderer renderer, IBlobStore blobs,
    PicturePipeline pipeline, BatchRecorder recorder, ActivitySettings settings, TimeProvider time) : IRenderBatch
{
    /// <inheritdoc/>
    [Activity("RenderBatch")]
    public async Task<RenderBatchResult> RenderBatchAsync(RenderBatchInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        var planned = await ReadPlannedAsync(input);
        if (await FindRecordedAsync(input, planned.Count) is { } recorded)
        {
            return recorded;
        }
        var collection = await books.CollectionAsync(input.CollectionId, CancellationToken.None);
        var library = await roots.CheckAsync(collection.LibraryId, input.JobId, CancellationToken.None);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.WorkerShutdownToken);
        using var batch = new BatchRun(library, blobs, BatchRun.DetailLimit, stop.Token);
        var left = await AdoptAsync(context, batch, planned);
        await using var heartbeat = ActivityHeartbeat.Start(time, batch.Details);
        using var reader = new SourceReader(library, collection, archives, renderer, settings);
        var work = new PictureWork(library, DerivativeRecipe.All(renderer, library.Settings, collection.Kind), reader, input.FindMoves)
        {
            UnreadableFails = context.Info.Attempt > ActivitySettings.PatientAttempts,
        };
        try
        {
            await pipeline.FeedAsync(work, batch, left);
        }
        finally
        {
            await batch.CompleteAsync();
            context.Heartbeat(batch.Details());
        }
        var remaining = planned.Count - batch.Done;
        if (batch.Done == 0)
        {
            await recorder.ThrowIfStuckAsync(input.JobId, batch);
            return new RenderBatchResult(input.Counts, remaining);
        }
        var key = new BatchKey(input.JobId, input.Lane, input.BatchNumber, input.Counts);
        if (await recorder.RecordAsync(key, collection, batch.Results()) is { } counts)
        {
            await recorder.GoOnAsync(input.JobId, batch);
            return new RenderBatchResult(counts, remaining);
        }
        return await FindRecordedAsync(input, (await ReadPlannedAsync(input)).Count)
            ?? throw new InvalidOperationException($"Lane {input.Lane} refused batch {input.BatchNumber}, but has none.");
    }

    private static async Task<List<ImageRecord>> AdoptAsync(
        ActivityExecutionContext context, BatchRun batch, IReadOnlyList<ImageRecord> planned)
    {
        var former = (await HeartbeatedResults.ReadAsync(context)).ToDictionary(outcome => outcome.ImageId, StringComparer.Ordinal);
        var left = new List<ImageRecord>();
        foreach (var image in planned)
        {
            if (former.TryGetValue(image.Id, out var outcome) && batch.StillHolds(outcome))
            {
                batch.Adopt(image, outcome);
            }
            else
            {
                left.Add(image);
            }
        }
        return left;
    }

    private Task<IReadOnlyList<ImageRecord>> ReadPlannedAsync(RenderBatchInput input) =>
        store.ListPlannedAsync(input.JobId, input.CollectionId, new SortKeyRange(input.Range.From, input.Range.Through));

    private async Task<RenderBatchResult?> FindRecordedAsync(RenderBatchInput input, int remaining)
    {
        var lane = await store.GetLaneAsync(input.JobId, input.CollectionId, input.Lane);
        return lane is not null && lane.BatchNumber >= input.BatchNumber ? new RenderBatchResult(lane.Counts, remaining) : null;
    }
}
