using ImageLibrary.Core;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>Records what came of a batch by one update of the store, once its files are safe.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="blobs">The cache folder.</param>
/// <param name="claims">Takeovers in work.</param>
/// <param name="time">The clock.</param>
public sealed class BatchRecorder(ILibraryStore store, JobBooks books, IBlobStore blobs, MoveClaims claims, TimeProvider time)
{
    /// <summary>Records results.</summary>
    /// <param name="batch">Which batch: lane, number, and the lane's counts before it.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="results">The images as planned, with what came of each.</param>
    /// <returns>The lane's counts; null when a newer batch of the lane is recorded.</returns>
    public async Task<ScanCounts?> RecordAsync(
        BatchKey batch, Collection collection, IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> results)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(collection);
        IReadOnlyList<PictureOutcome> outcomes = [.. results.Select(result => result.Outcome)];
        IReadOnlyList<string> movedFrom = [.. outcomes.Select(outcome => outcome.MovedFromImageId).OfType<string>()];
        var counts = batch.Counts + BatchRecords.Count(outcomes);
        var now = time.GetUtcNow();
        await MakeDurableAsync(batch.JobId, results);
        var written = await store.RecordBatchAsync(new BatchRecord
        {
            JobId = batch.JobId,
            CollectionId = collection.Id,
            Lane = batch.Lane,
            BatchNumber = batch.Number,
            Counts = counts,
            Images = [.. results.Select(result => BatchRecords.Apply(result.Image, result.Outcome))],
            MovedFromImageIds = movedFrom,
            Failures = [.. results.Where(result => result.Outcome.Failure is not null).Select(result => new JobFailure(
                collection.Id, result.Image.Id, FolderReader.Join(collection.Path, result.Image.Path), result.Outcome.Failure!, now))],
        });
        claims.Release(movedFrom);
        if (!written)
        {
            return null;
        }
        foreach (var name in BatchRecords.Replaced(results))
        {
            blobs.Delete(name);
        }
        return counts;
    }

    /// <summary>Puts the job on wait when what stopped a batch will go away by itself.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="batch">The batch.</param>
    internal async Task ThrowIfStuckAsync(string jobId, BatchRun batch)
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

    /// <summary>Ends the wait for space once a batch found some.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="batch">The batch.</param>
    internal async Task GoOnAsync(string jobId, BatchRun batch)
    {
        if (!batch.DiskFull)
        {
            await books.GoOnAsync(jobId, WaitingReason.DiskFull, CancellationToken.None);
        }
    }

    private Task<ApplicationFailureException> DiskFullAsync(string jobId) => books.WaitAsync(
        jobId, WaitingReason.DiskFull, $"No space is left for thumbnails in {blobs.RootPath}; free some.");

    private async Task MakeDurableAsync(string jobId, IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> results)
    {
        try
        {
            blobs.Sync();
        }
        catch (DiskFullException)
        {
            // Which of the files lack their content is not known, and their names promise that they are complete.
            foreach (var name in BatchRecords.Written(results))
            {
                blobs.Delete(name);
            }
            throw await DiskFullAsync(jobId);
        }
    }
}

/// <summary>Which batch of a lane.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Lane">1 or 2.</param>
/// <param name="Number">Number of the batch in its lane.</param>
/// <param name="Counts">The lane's counts before it.</param>
public sealed record BatchKey(string JobId, int Lane, long Number, ScanCounts Counts);
