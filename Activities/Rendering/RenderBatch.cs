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
/// <param name="pool">The rendering threads.</param>
/// <param name="processor">Brings one picture up to date.</param>
/// <param name="claims">Takeovers in work.</param>
/// <param name="time">The clock.</param>
public sealed class RenderBatch(
    ILibraryStore store, JobBooks books, RootGuard roots, IArchiveOpener archives, IImageRenderer renderer, IBlobStore blobs,
    RenderPool pool, PictureProcessor processor, MoveClaims claims, TimeProvider time) : IRenderBatch
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
        var batch = new BatchRun(planned, blobs);
        batch.Adopt(await FormerResultsAsync(context));
        await using var heartbeat = ActivityHeartbeat.Start(time, batch.Details);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.WorkerShutdownToken);

        var collection = await books.CollectionAsync(input.CollectionId, CancellationToken.None);
        var library = await roots.CheckAsync(collection.LibraryId, input.JobId, CancellationToken.None);
        using var reader = new SourceReader(library, collection, archives);
        var work = new PictureWork(library, DerivativeRecipe.All(renderer, library.Settings), reader, input.FindMoves);
        try
        {
            await batch.RenderAsync(pool, image => processor.Process(work, image), library, stop.Token);
        }
        finally
        {
            context.Heartbeat(batch.Details());
        }
        var results = batch.Results();
        if (results.Count == 0)
        {
            await ThrowIfStuckAsync(input.JobId, batch);
            return new RenderBatchResult(input.Counts, batch.Remaining);
        }
        return await RecordAsync(input, collection, batch, results);
    }

    private static async Task<IReadOnlyList<PictureOutcome>> FormerResultsAsync(ActivityExecutionContext context) =>
        context.Info.HeartbeatDetails.Count > 0
            ? await context.Info.HeartbeatDetailAtAsync<List<PictureOutcome>>(0)
            : [];

    private Task<IReadOnlyList<ImageRecord>> ReadPlannedAsync(RenderBatchInput input) =>
        store.ListPlannedAsync(input.JobId, input.CollectionId, new SortKeyRange(input.Range.From, input.Range.Through));

    private async Task<RenderBatchResult?> FindRecordedAsync(RenderBatchInput input, int remaining)
    {
        var lane = await store.GetLaneAsync(input.JobId, input.CollectionId, input.Lane);
        return lane is not null && lane.BatchNumber >= input.BatchNumber ? new RenderBatchResult(lane.Counts, remaining) : null;
    }

    private async Task ThrowIfStuckAsync(string jobId, BatchRun batch)
    {
        if (batch.Offline is { } reason)
        {
            throw await books.WaitAsync(jobId, WaitingReason.LibraryOffline, reason);
        }
        if (batch.DiskFull)
        {
            throw await DiskFullAsync(jobId);
        }
    }

    private Task<ApplicationFailureException> DiskFullAsync(string jobId) => books.WaitAsync(
        jobId, WaitingReason.DiskFull, $"No space is left for thumbnails in {blobs.RootPath}; free some.");

    private async Task MakeDurableAsync(string jobId, IReadOnlyList<PictureOutcome> outcomes)
    {
        try
        {
            blobs.Sync();
        }
        catch (DiskFullException)
        {
            // Which of the files lack their content is not known, and their names promise that they are complete.
            foreach (var derivative in outcomes.Where(outcome => outcome.Kind == OutcomeKind.Rendered).SelectMany(outcome => outcome.Derivatives ?? []))
            {
                blobs.Delete(derivative.FileName);
            }
            throw await DiskFullAsync(jobId);
        }
    }

    private async Task<RenderBatchResult> RecordAsync(
        RenderBatchInput input, Collection collection, BatchRun batch, IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> results)
    {
        IReadOnlyList<PictureOutcome> outcomes = [.. results.Select(result => result.Outcome)];
        IReadOnlyList<string> movedFrom = [.. outcomes.Select(outcome => outcome.MovedFromImageId).OfType<string>()];
        var counts = input.Counts + BatchRecords.Count(outcomes);
        var now = time.GetUtcNow();
        await MakeDurableAsync(input.JobId, outcomes);
        var written = await store.RecordBatchAsync(new BatchRecord
        {
            JobId = input.JobId,
            CollectionId = input.CollectionId,
            Lane = input.Lane,
            BatchNumber = input.BatchNumber,
            Counts = counts,
            Images = [.. results.Select(result => BatchRecords.Apply(result.Image, result.Outcome))],
            MovedFromImageIds = movedFrom,
            Failures = [.. results.Where(result => result.Outcome.Failure is not null).Select(result => new JobFailure(
                input.CollectionId, result.Image.Id, FolderReader.Join(collection.Path, result.Image.Path), result.Outcome.Failure!, now))],
        });
        claims.Release(movedFrom);
        if (!written && await FindRecordedAsync(input, (await ReadPlannedAsync(input)).Count) is { } recorded)
        {
            return recorded;
        }
        foreach (var name in BatchRecords.Replaced(results))
        {
            blobs.Delete(name);
        }
        if (!batch.DiskFull)
        {
            await books.GoOnAsync(input.JobId, WaitingReason.DiskFull, CancellationToken.None);
        }
        return new RenderBatchResult(counts, batch.Remaining);
    }
}
