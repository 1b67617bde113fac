using ImageLibrary.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Jobs;

/// <summary>
/// Ends jobs whose workflow has closed without ending them: terminated by somebody, failed, or gone with the engine's data. No
/// worker hears of that, so the engine is asked from time to time. Several processes may do so at once.
/// </summary>
internal sealed partial class JobReconciliation(
    ILibraryStore store, ITemporalClient client, TimeProvider time, ILogger<JobReconciliation> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Another engine or namespace, named by mistake, knows none of the jobs that go on elsewhere.
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
            catch (Exception e) when (e is StoreException or RpcException)
            {
                // Store or engine are away; both say so elsewhere, and the next turn comes soon.
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
                if (await EndAsync(job, cancellationToken) is { } end &&
                    await store.UpdateJobAsync(job.Id, end with { EndedAt = time.GetUtcNow() }, cancellationToken))
                {
                    LogEnded(job.Id, end.Error!);
                }
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>How a job has ended, or null while its workflow runs.</summary>
    private async Task<JobChange?> EndAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            var description = await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new DescribeWorkflowExecutionRequest
                {
                    Namespace = client.Options.Namespace,
                    Execution = new Temporalio.Api.Common.V1.WorkflowExecution { WorkflowId = job.WorkflowId },
                },
                new RpcOptions { CancellationToken = cancellationToken });
            var newest = description.WorkflowExecutionInfo;
            if (newest.FirstRunId != job.Id)
            {
                return new JobChange { State = JobState.Failed, Error = "Its workflow has closed, and another one has begun." };
            }
            return newest.Status switch
            {
                WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused => null,
                WorkflowExecutionStatus.Terminated => new JobChange { State = JobState.Cancelled, Error = "Its workflow was terminated." },
                WorkflowExecutionStatus.Canceled => new JobChange { State = JobState.Cancelled, Error = "Its workflow was cancelled." },
                WorkflowExecutionStatus.TimedOut => new JobChange { State = JobState.Failed, Error = "Its workflow has timed out." },
                _ => new JobChange { State = JobState.Failed, Error = "Its workflow has closed without an end." },
            };
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return job.State is JobState.Paused or JobState.Waiting || time.GetUtcNow() - job.UpdatedAt < SilentFor
                ? null
                : new JobChange { State = JobState.Failed, Error = "The engine does not know its workflow any more." };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {JobId} is ended: {Reason}")]
    private partial void LogEnded(string jobId, string reason);
}
