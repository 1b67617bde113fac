using System.Text.Json.Serialization;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>Renders every missing derivative of one image from one decode, for a person who waits.</summary>
[Workflow("RenderOnDemand")]
public interface IRenderOnDemand
{
    /// <summary>Renders the image.</summary>
    /// <param name="input">Which image.</param>
    [WorkflowRun]
    Task<RenderOnDemandResult> RunAsync(RenderOnDemandInput input);
}

/// <summary>Which image to render.</summary>
/// <param name="ImageId">The image.</param>
public sealed record RenderOnDemandInput([property: JsonPropertyName("imageId")] string ImageId);

/// <summary>What came of it.</summary>
/// <param name="State">State of the image as in the REST API.</param>
public sealed record RenderOnDemandResult([property: JsonPropertyName("state")] string State);

/// <summary>How rendering on demand is started: a second request for an image joins the first.</summary>
public static class RenderOnDemandStart
{
    /// <summary>Options of the workflow.</summary>
    /// <param name="imageId">The image.</param>
    public static WorkflowOptions Options(string imageId) =>
        new(WorkflowIds.Render(imageId), TaskQueues.Interactive)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
        };
}
