using ImageLibrary.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Jobs;

/// <summary>
/// Ends jobs whose workflow has closed without ending them, because somebody terminated it or it failed, or that the engine has
/// lost. No worker hears of that, so the engine is asked from time to time. Several processes may do so at once.
/// </summary>
internal sealed partial class JobReconciliation(
    ILibraryStore store, ITemporalClient client, TimeProvider time, ILogger<JobReconciliation> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Another engine or namespace, named by mistake, knows none of the jobs that go on elsewhere, or older ones in their place.
    private static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EndClosedAsync(stoppingToken);
            }
            catch (StoreException)
            {
                // It says so elsewhere, and the next turn comes soon.
            }
        }
    }

    private async Task EndClosedAsync(CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await store.ListJobsAsync(new JobQuery(Open: true), new PageRequest(Paging.Paging.MaxLimit, cursor), cancellationToken);
            foreach (var job in page.Items)
            {
                if (await FindEndAsync(job, cancellationToken) is { } end &&
                    await store.UpdateJobAsync(job.Id, end with { EndedAt = time.GetUtcNow() }, cancellationToken))
                {
                    LogEnded(job.Id, end.Error!);
                }
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>How a job has ended; null while its workflow runs, or where the engine does not tell.</summary>
    private async Task<JobChange?> FindEndAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            var newest = await DescribeAsync(job.WorkflowId, runId: "", cancellationToken);
            if (newest.FirstRunId == job.Id)
            {
                return EndOf(newest.Status);
            }
            // Servers before 1.25 do not name the first run.
            return newest.FirstRunId.Length == 0 ? EndOf((await DescribeAsync(job.WorkflowId, job.Id, cancellationToken)).Status) : Lost(job);
        }
        catch (RpcException e)
        {
            return e.Code == RpcException.StatusCode.NotFound ? Lost(job) : null;
        }
    }

    private async Task<WorkflowExecutionInfo> DescribeAsync(string workflowId, string runId, CancellationToken cancellationToken)
    {
        var description = await client.WorkflowService.DescribeWorkflowExecutionAsync(
            new DescribeWorkflowExecutionRequest
            {
                Namespace = client.Options.Namespace,
                Execution = new Temporalio.Api.Common.V1.WorkflowExecution { WorkflowId = workflowId, RunId = runId },
            },
            new RpcOptions { CancellationToken = cancellationToken });
        return description.WorkflowExecutionInfo;
    }

    private static JobChange? EndOf(WorkflowExecutionStatus status) => status switch
    {
        WorkflowExecutionStatus.Terminated => new JobChange { State = JobState.Cancelled, Error = "Its workflow was terminated." },
        WorkflowExecutionStatus.Canceled => new JobChange { State = JobState.Cancelled, Error = "Its workflow was cancelled." },
        WorkflowExecutionStatus.TimedOut => new JobChange { State = JobState.Failed, Error = "Its workflow has timed out." },
        WorkflowExecutionStatus.Failed => new JobChange { State = JobState.Failed, Error = "Its workflow has failed." },
        WorkflowExecutionStatus.Completed => new JobChange { State = JobState.Failed, Error = "Its workflow has closed without an end." },
        _ => null,
    };

    // Paused and waiting jobs say nothing for long and are let be.
    private JobChange? Lost(Job job) => job.State is JobState.Paused or JobState.Waiting || time.GetUtcNow() - job.UpdatedAt < SilentFor
        ? null
        : new JobChange { State = JobState.Failed, Error = "The engine does not know its workflow any more." };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {JobId} is ended: {Reason}")]
    private partial void LogEnded(string jobId, string reason);
}
