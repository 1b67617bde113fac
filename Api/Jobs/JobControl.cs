using System.Net;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Jobs;

/// <summary>
/// Steers jobs. The engine is asked first; the store then shows the request at once, unless the workflow's own, later
/// state is already there.
/// </summary>
internal sealed class JobControl(ILibraryStore store, ITemporalClient client)
{
    private static readonly TimeSpan UpdateDeadline = TimeSpan.FromSeconds(10);

    public async Task PauseAsync(Job job, CancellationToken cancellationToken)
    {
        await SignalAsync(job, "pause", cancellationToken);
        await ShowAsync(job, JobState.Pausing, [JobState.Running, JobState.Waiting], cancellationToken);
    }

    public async Task ResumeAsync(Job job, CancellationToken cancellationToken)
    {
        await SignalAsync(job, "resume", cancellationToken);
        await ShowAsync(job, JobState.Running, [JobState.Pausing, JobState.Paused], cancellationToken);
    }

    public async Task CancelAsync(Job job, CancellationToken cancellationToken)
    {
        RequireOpen(job);
        await CallAsync(job, handle => handle.CancelAsync(new WorkflowCancelOptions { Rpc = Rpc(cancellationToken) }));
        await ShowAsync(
            job, JobState.Cancelling, [JobState.Running, JobState.Pausing, JobState.Paused, JobState.Waiting], cancellationToken);
    }

    public async Task SetConcurrencyAsync(Job job, int concurrency, CancellationToken cancellationToken)
    {
        if (concurrency is < 1 or > RunLimits.MaxConcurrency)
        {
            throw ApiProblemException.Invalid("concurrency", $"'concurrency' must be 1 to {RunLimits.MaxConcurrency}.");
        }
        if (job.Type != JobType.Scan)
        {
            throw ApiProblemException.Conflict(
                "Not a scan of a library", "Only the scan of a whole library has a concurrency that can be changed.");
        }
        RequireOpen(job);
        try
        {
            await CallAsync(job, handle => handle.ExecuteUpdateAsync<int>(
                "setConcurrency", [concurrency], new WorkflowUpdateOptions { Rpc = Rpc(cancellationToken) }))
                .WaitAsync(UpdateDeadline, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw ApiProblemException.Unavailable("Worker busy", "No worker took the change in time; ask again shortly.", UpdateDeadline);
        }
        catch (WorkflowUpdateFailedException e)
        {
            throw ApiProblemException.Invalid("concurrency", e.InnerException?.Message ?? e.Message);
        }
    }

    /// <summary>Pauses or resumes every open job, and what starts later.</summary>
    public async Task SetAllAsync(bool paused, CancellationToken cancellationToken)
    {
        await store.SetPauseAllAsync(paused, cancellationToken);
        string? cursor = null;
        do
        {
            var page = await store.ListJobsAsync(
                new JobQuery(Open: true), new PageRequest(Paging.Paging.MaxLimit, cursor), cancellationToken);
            foreach (var job in page.Items.Where(job => job.State != JobState.Cancelling && CanPause(job)))
            {
                try
                {
                    await (paused ? PauseAsync(job, cancellationToken) : ResumeAsync(job, cancellationToken));
                }
                catch (ApiProblemException e) when (e.Status == HttpStatusCode.Conflict)
                {
                    // It ended in between: nothing is left to pause.
                }
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private async Task SignalAsync(Job job, string signal, CancellationToken cancellationToken)
    {
        RequireOpen(job);
        if (!CanPause(job))
        {
            throw ApiProblemException.Conflict("Cannot be paused", "A job of this type runs to its end, or can be cancelled.");
        }
        await CallAsync(job, handle => handle.SignalAsync(signal, [], new WorkflowSignalOptions { Rpc = Rpc(cancellationToken) }));
    }

    private async Task CallAsync(Job job, Func<WorkflowHandle, Task> call)
    {
        try
        {
            await call(client.GetWorkflowHandle(job.WorkflowId, firstExecutionRunId: job.Id));
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw ApiProblemException.Conflict("Job not running", "The engine does not run this job any more.");
        }
    }

    private Task<bool> ShowAsync(Job job, JobState state, IReadOnlyList<JobState> from, CancellationToken cancellationToken) =>
        store.UpdateJobAsync(job.Id, new JobChange { State = state, OnlyFrom = from }, cancellationToken);

    private static bool CanPause(Job job) => job.Type is JobType.Scan or JobType.CollectionScan;

    private static void RequireOpen(Job job)
    {
        if (job.Ended)
        {
            throw ApiProblemException.Conflict("Job has ended", "The job has already ended.");
        }
    }

    private static RpcOptions Rpc(CancellationToken cancellationToken) => new() { CancellationToken = cancellationToken };
}
