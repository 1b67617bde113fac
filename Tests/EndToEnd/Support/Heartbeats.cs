using System.Text.Json.Nodes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>What the batches in work have told the engine.</summary>
internal sealed class Heartbeats(ITemporalClient client)
{
    /// <summary>Waits until the batches in work have reported results, and returns how many.</summary>
    public async Task<int> ResultsAsync(int atLeast, TimeSpan deadline)
    {
        var results = 0;
        await Eventually.TrueAsync(async () => (results = await CountAsync()) >= atLeast, deadline, $"{atLeast} results are heartbeated");
        return results;
    }

    private async Task<int> CountAsync()
    {
        var results = 0;
        await foreach (var run in client.ListWorkflowsAsync("WorkflowType = 'CollectionProcessing' AND ExecutionStatus = 'Running'"))
        {
            var description = await client.WorkflowService.DescribeWorkflowExecutionAsync(new DescribeWorkflowExecutionRequest
            {
                Namespace = client.Options.Namespace,
                Execution = new() { WorkflowId = run.Id, RunId = run.RunId },
            });
            results += description.PendingActivities
                .Where(activity => activity.ActivityType.Name == "RenderBatch" && activity.State == PendingActivityState.Started)
                .SelectMany(activity => activity.HeartbeatDetails?.Payloads_ ?? [])
                .Sum(payload => JsonNode.Parse(payload.Data.ToStringUtf8())!.AsArray().Count);
        }
        return results;
    }
}
