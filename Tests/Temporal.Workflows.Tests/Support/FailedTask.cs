using Temporalio.Api.History.V1;
using Temporalio.Client;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Support;

/// <summary>Failed workflow tasks.</summary>
public static class FailedTask
{
    /// <summary>Waits for the first one of a workflow.</summary>
    public static async Task<WorkflowTaskFailedEventAttributes> OfAsync(WorkflowHandle handle)
    {
        WorkflowTaskFailedEventAttributes? failed = null;
        await Eventually.HoldsAsync(async () =>
        {
            var history = await handle.FetchHistoryAsync();
            failed = history.Events.Select(e => e.WorkflowTaskFailedEventAttributes).FirstOrDefault(a => a != null);
            return failed != null;
        });
        return failed!;
    }
}
