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
        if (end == JobState.Failed && await IsBeingRemovedAsync(job, cancellation))
        {
            end = JobState.Cancelled;
        }
        await store.UpdateJobAsync(
            input.JobId, new JobChange { State = end, EndedAt = time.GetUtcNow(), Error = input.Error }, cancellation);
        return JsonNames.Of(end);
    }

    // A scan may stumble over the removal of its library before it is told to end.
    private async Task<bool> IsBeingRemovedAsync(Job job, CancellationToken cancellationToken) =>
        job.Type != JobType.Removal && job.LibraryId is { } library
        && await store.FindLibraryAsync(library, cancellationToken) is not { State: LibraryState.Active };

    private static bool HasFailures(ScanCounts counts) => counts.Failed > 0 || counts.FailuresByClass.Any(entry => entry.Value > 0);
}
