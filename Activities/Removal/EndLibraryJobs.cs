using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>
/// Ends what else works on a library, without holding a slot: it asks, and fails with a delay while something still runs.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="client">The engine.</param>
/// <param name="time">The clock.</param>
public sealed class EndLibraryJobs(ILibraryStore store, ITemporalClient client, TimeProvider time) : IEndLibraryJobs
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyList<JobState> Open = [JobState.Running, JobState.Pausing, JobState.Paused, JobState.Waiting];

    /// <inheritdoc/>
    [Activity("EndLibraryJobs")]
    public async Task EndLibraryJobsAsync(EndLibraryJobsInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        // A scan that was started a moment ago may not be recorded yet.
        var running = await CancelAsync(WorkflowIds.LibraryScan(input.LibraryId));
        var page = await store.ListJobsAsync(
            new JobQuery(LibraryId: input.LibraryId, Open: true), new PageRequest(PageSize), cancellation);
        foreach (var job in page.Items.Where(job => job.Id != input.JobId))
        {
            if (await CancelAsync(job.WorkflowId))
            {
                running = true;
                await store.UpdateJobAsync(job.Id, new JobChange { State = JobState.Cancelling, OnlyFrom = Open }, cancellation);
            }
            else
            {
                // Ended from outside, so that nobody closed its books.
                await store.UpdateJobAsync(
                    job.Id, new JobChange { State = JobState.Cancelled, EndedAt = time.GetUtcNow() }, cancellation);
            }
        }
        if (running)
        {
            throw new ApplicationFailureException("Jobs of the library still run.", "Running", nextRetryDelay: Delay);
        }
    }

    private async Task<bool> CancelAsync(string workflowId)
    {
        var handle = client.GetWorkflowHandle(workflowId);
        try
        {
            if ((await handle.DescribeAsync()).Status != WorkflowExecutionStatus.Running)
            {
                return false;
            }
            await handle.CancelAsync();
            return true;
        }
        catch (RpcException exception) when (exception.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
