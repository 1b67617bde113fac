using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Closes the books of a job.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
public sealed class FinishJob(ILibraryStore store, TimeProvider time) : IFinishJob
{
    /// <inheritdoc/>
    [Activity("FinishJob")]
    public async Task<string> FinishJobAsync(FinishJobInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        var job = await store.GetJobAsync(input.JobId, cancellation);
        if (job is null)
        {
            return JsonNames.Of(input.State);
        }
        var end = input.State == JobState.Completed && (input.Incomplete || HasFailures(job.Images))
            ? JobState.CompletedWithFailures
            : input.State;
        await store.UpdateJobAsync(
            input.JobId, new JobChange { State = end, EndedAt = time.GetUtcNow(), Error = input.Error }, cancellation);
        return JsonNames.Of(end);
    }

    private static bool HasFailures(ScanCounts counts) => counts.Failed > 0 || counts.FailuresByClass.Any(entry => entry.Value > 0);
}
