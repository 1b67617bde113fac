using ImageLibrary.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Cli.Serving;

/// <summary>Finds out whether workers in other processes take jobs.</summary>
internal static class RemoteWorkers
{
    /// <summary>Null when one does, else why not.</summary>
    public static async Task<string?> ProblemAsync(ITemporalClient client, CancellationToken cancellationToken)
    {
        try
        {
            var queue = await client.WorkflowService.DescribeTaskQueueAsync(
                new DescribeTaskQueueRequest
                {
                    Namespace = client.Options.Namespace,
                    TaskQueue = new TaskQueue { Name = TaskQueues.Jobs },
                    TaskQueueType = TaskQueueType.Activity,
                },
                new RpcOptions { CancellationToken = cancellationToken });
            return queue.Pollers.Count > 0 ? null : "No worker takes jobs; start one by 'imagelibrary worker'.";
        }
        catch (RpcException e)
        {
            return $"The engine does not tell: {e.Message}";
        }
    }
}
