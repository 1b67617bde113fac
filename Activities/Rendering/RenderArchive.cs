using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>
/// Renders the planned pictures of an archive that can only be read from its beginning to its end, in one pass, and records
/// them by one update of the store per batch. After a crash it skips what is recorded.
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
public sealed class RenderArchive(
    ILibraryStore store, JobBooks books, RootGuard roots, IArchiveOpener archives, IImageRenderer renderer, IBlobStore blobs,
    PicturePipeline pipeline, BatchRecorder recorder, ActivitySettings settings, TimeProvider time) : IRenderArchive
{
    // Each holds the window of its decompressor, which can be large.
    private const int MostArchivesAtOnce = 16;

    private readonly BufferGate turns = new(MostArchivesAtOnce, long.MaxValue);

    /// <inheritdoc/>
    [Activity("RenderArchive")]
    public async Task<RenderArchiveResult> RenderArchiveAsync(RenderArchiveInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.WorkerShutdownToken);
        var collection = await books.CollectionAsync(input.CollectionId, CancellationToken.None);
        var library = await roots.CheckAsync(collection.LibraryId, input.JobId, CancellationToken.None);
        var planned = await store.ListPlannedAsync(
            input.JobId, input.CollectionId, new SortKeyRange(input.Range.From, input.Range.Through));
        var lane = await store.GetLaneAsync(input.JobId, input.CollectionId, input.Lane);
        var run = new Run(recorder, collection, lane is not null && lane.BatchNumber > input.BatchNumber
            ? new BatchKey(input.JobId, input.Lane, lane.BatchNumber, lane.Counts)
            : new BatchKey(input.JobId, input.Lane, input.BatchNumber, input.Counts));
        if (planned.Count == 0)
        {
            return run.Result(remaining: 0);
        }
        var former = await HeartbeatedResults.ReadAsync(context);
        await using var heartbeat = ActivityHeartbeat.Start(time, run.Details);
        using var reader = new SourceReader(library, collection, archives, renderer, settings);
        var work = new PictureWork(library, DerivativeRecipe.All(renderer, library.Settings, collection.Kind), reader, input.FindMoves)
        {
            UnreadableFails = context.Info.Attempt > ActivitySettings.PatientAttempts,
        };
        if (!await turns.TakeAsync(turns.NextTurn(), 0, stop.Token))
        {
            return run.Result(planned.Count);
        }
        try
        {
            using var pass = new ArchivePassReader(await OpenAsync(work, input.JobId), reader, planned, former);
            while (await FeedBatchAsync(run, work, pass, stop.Token) && !stop.IsCancellationRequested)
            {
                // The next batch is read while this one is finished and recorded.
            }
            await run.RecordLastAsync();
            if (!stop.IsCancellationRequested && pass.Left is { Count: > 0 } left)
            {
                await roots.RecheckAsync(library, input.JobId);
                await run.RecordLeftAsync(left, pass.WhyLeft);
            }
        }
        catch (SourceException exception)
        {
            await run.RecordLeftAsync(planned, exception.Failure);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await roots.RecheckAsync(library, input.JobId);
            throw;
        }
        finally
        {
            turns.Release(0);
        }
        return run.Result(planned.Count - run.Recorded);
    }

    private async Task<IArchivePass> OpenAsync(PictureWork work, string jobId)
    {
        try
        {
            return await pipeline.OpenAsync(() => work.Reader.OpenPass());
        }
        catch (TimeoutException)
        {
            throw await books.WaitAsync(jobId, WaitingReason.LibraryOffline, PicturePipeline.Silent(work));
        }
        catch (IOException exception) when (work.UnreadableFails)
        {
            await roots.RecheckAsync(work.Library, jobId);
            throw new SourceException(ImageFailure.Of(FailureClass.IoError), exception);
        }
    }

    private async Task<bool> FeedBatchAsync(Run run, PictureWork work, ArchivePassReader pass, CancellationToken stop)
    {
        var batch = new BatchRun(work.Library, blobs, BatchRun.DetailLimit / 2, stop);
        run.Begin(batch);
        var more = false;
        try
        {
            var feeding = pipeline.FeedAsync(work, batch, pass, RunLimits.BatchImages);
            await Task.WhenAll(feeding, run.RecordFormerAsync());
            more = await feeding;
        }
        finally
        {
            if (!more)
            {
                await batch.CompleteAsync();
            }
        }
        return more && !batch.Halt.IsCancellationRequested;
    }

    /// <summary>The batch that is fed and the one before it, which is being finished; they are recorded in their order.</summary>
    private sealed class Run(BatchRecorder recorder, Collection collection, BatchKey last)
    {
        private readonly Lock gate = new();
        private BatchRun? former;
        private BatchRun? current;

        public int Recorded { get; private set; }

        public void Begin(BatchRun batch)
        {
            lock (gate)
            {
                (former, current) = (current, batch);
            }
        }

        public IReadOnlyList<PictureOutcome> Details()
        {
            lock (gate)
            {
                return [.. former?.Details() ?? [], .. current?.Details() ?? []];
            }
        }

        public async Task RecordFormerAsync()
        {
            if (former is { } batch)
            {
                await RecordAsync(batch);
                lock (gate)
                {
                    former = null;
                }
                batch.Dispose();
            }
        }

        public async Task RecordLastAsync()
        {
            await RecordFormerAsync();
            lock (gate)
            {
                (former, current) = (current, null);
            }
            await RecordFormerAsync();
        }

        public Task RecordLeftAsync(IReadOnlyCollection<ImageRecord> left, ImageFailure failure) =>
            RecordAsync([.. left.Select(image => (image, PictureProcessor.Unread(image, failure)))]);

        public RenderArchiveResult Result(int remaining) => new(last.Number, last.Counts, remaining);

        private async Task RecordAsync(BatchRun batch)
        {
            await batch.CompleteAsync();
            if (batch.Done > 0)
            {
                await RecordAsync(batch.Results());
            }
            await recorder.ThrowIfStuckAsync(last.JobId, batch);
            await recorder.GoOnAsync(last.JobId, batch);
        }

        private async Task RecordAsync(IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> results)
        {
            var next = last with { Number = last.Number + 1 };
            var counts = await recorder.RecordAsync(next, collection, results)
                ?? throw new InvalidOperationException($"Another attempt records the archive {collection.Path}.");
            last = next with { Counts = counts };
            Recorded += results.Count;
        }
    }
}
