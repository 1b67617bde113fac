using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>What all activities do with jobs: find what they work on, wait, and go on.</summary>
/// <param name="store">The store.</param>
/// <param name="settings">Settings.</param>
/// <param name="time">The clock.</param>
public sealed class JobBooks(ILibraryStore store, ActivitySettings settings, TimeProvider time)
{
    private static readonly IReadOnlyList<JobState> AtWork = [JobState.Running, JobState.Waiting];
    private static readonly IReadOnlyList<JobState> AtWait = [JobState.Waiting];

    /// <summary>Gets a library that may be worked on.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Library> LibraryAsync(string libraryId, CancellationToken cancellationToken)
    {
        var library = await store.FindLibraryAsync(libraryId, cancellationToken) ?? throw NotFound($"There is no library '{libraryId}'.");
        return library.State == LibraryState.Active ? library : throw NotFound($"The library '{library.Name}' is being removed.");
    }

    /// <summary>Gets a collection.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Collection> CollectionAsync(string collectionId, CancellationToken cancellationToken) =>
        await store.GetCollectionAsync(collectionId, cancellationToken) ?? throw NotFound($"There is no collection '{collectionId}'.");

    /// <summary>Shows that a job waits; the caller throws the answer, and the engine tries again after the interval.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">One sentence for the user.</param>
    public async Task<ApplicationFailureException> WaitAsync(string jobId, WaitingReason reason, string detail)
    {
        var until = time.GetUtcNow() + settings.WaitInterval;
        await store.UpdateJobAsync(
            jobId,
            new JobChange { State = JobState.Waiting, Waiting = new JobWaiting(reason, until, detail), OnlyFrom = AtWork },
            CancellationToken.None);
        // Shown with the job; a log would repeat it at every look.
        return new ApplicationFailureException(
            detail, "Waiting", nextRetryDelay: settings.WaitInterval, category: ApplicationErrorCategory.Benign);
    }

    /// <summary>Shows that a job goes on, if it waited for this reason.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="reason">What is over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task GoOnAsync(string jobId, WaitingReason reason, CancellationToken cancellationToken)
    {
        // Only an activity that has failed before can have put the job on wait.
        if (ActivityExecutionContext.Current.Info.Attempt > 1
            && (await store.GetJobAsync(jobId, cancellationToken))?.Waiting?.Reason == reason)
        {
            await store.UpdateJobAsync(jobId, new JobChange { State = JobState.Running, OnlyFrom = AtWait }, cancellationToken);
        }
    }

    private static ApplicationFailureException NotFound(string message) =>
        new(message, FailureTypes.NotFound, nonRetryable: true);
}
