using ImageLibrary.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>Reads the histories of a chain of runs and replays them with the present code.</summary>
internal static class Histories
{
    private const int MostEvents = 4_096;

    /// <summary>Histories of the newest run of a workflow and of the runs that it goes on from, oldest first.</summary>
    public static async Task<IReadOnlyList<WorkflowHistory>> OfChainAsync(ITemporalClient client, string workflowId)
    {
        var chain = new List<WorkflowHistory>();
        for (string? run = null; run is null || run.Length > 0;)
        {
            var history = await client.GetWorkflowHandle(workflowId, run).FetchHistoryAsync();
            chain.Insert(0, history);
            run = history.Events.First().WorkflowExecutionStartedEventAttributes.ContinuedExecutionRunId;
        }
        return chain;
    }

    /// <summary>Asserts that each run is short enough and replays, whole and from every point at which a worker may have lost it.</summary>
    public static async Task AssertReplayAsync(IEnumerable<WorkflowHistory> histories)
    {
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions()
            .AddWorkflow<LibraryScan>().AddWorkflow<CollectionProcessing>().AddWorkflow<RenderOnDemand>());
        foreach (var history in histories)
        {
            Assert.InRange(history.Events.Count, 1, MostEvents);
            // A signal that arrives just before a run ends makes the server refuse the end: the worker looks again, nothing is lost.
            Assert.DoesNotContain(
                history.Events,
                item => item.WorkflowTaskFailedEventAttributes is { Cause: not WorkflowTaskFailedCause.UnhandledCommand });
            await replayer.ReplayWorkflowAsync(history);
            foreach (var cut in Cuts(history))
            {
                await replayer.ReplayWorkflowAsync(cut);
            }
        }
    }

    private static IEnumerable<WorkflowHistory> Cuts(WorkflowHistory history)
    {
        var events = history.Events.ToList();
        return Enumerable.Range(0, events.Count)
            .Where(index => events[index].EventType == EventType.WorkflowTaskCompleted)
            .Select(index => new WorkflowHistory(history.Id, [.. events.Take(index + 1)]));
    }
}
