using Temporalio.Activities;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>One activity; the workflow id makes many requests for an image share it.</summary>
[Workflow("RenderOnDemand")]
public sealed class RenderOnDemand : IRenderOnDemand
{
    /// <inheritdoc/>
    [WorkflowRun]
    public Task<RenderOnDemandResult> RunAsync(RenderOnDemandInput input)
    {
        var options = JobActivityOptions.Work(Workflow.CancellationToken);
        options.ScheduleToCloseTimeout = TimeSpan.FromMinutes(10);
        return Workflow.ExecuteActivityAsync((IRenderImage activity) => activity.RenderImageAsync(input), options);
    }
}

/// <summary>Renders what one image lacks.</summary>
public interface IRenderImage
{
    /// <summary>Renders every missing derivative from one decode and records it.</summary>
    /// <param name="input">Which image.</param>
    [Activity("RenderImage")]
    Task<RenderOnDemandResult> RenderImageAsync(RenderOnDemandInput input);
}
