using System.Text.Json;
using ImageLibrary.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace ImageLibrary.Workflows;

/// <summary>How the scan of one collection is started, the same from everywhere.</summary>
public static class CollectionScanStart
{
    /// <summary>Options of the workflow. While the collection is in work, a second start is refused.</summary>
    /// <param name="input">Which collection.</param>
    /// <param name="summary">Name of the collection, shown by the Temporal Web UI.</param>
    public static WorkflowOptions Options(CollectionProcessingInput input, string summary) =>
        new(WorkflowIds.Collection(input.CollectionId), TaskQueues.Jobs)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
            StaticSummary = $"Scan of {summary}",
        };

    /// <summary>The row of the job as it starts.</summary>
    /// <param name="input">Which collection.</param>
    /// <param name="libraryId">Its library.</param>
    /// <param name="jobId">The first run id.</param>
    /// <param name="startedAt">When the workflow started.</param>
    public static Job Job(CollectionProcessingInput input, string libraryId, string jobId, DateTimeOffset startedAt) => new()
    {
        Id = jobId,
        WorkflowId = WorkflowIds.Collection(input.CollectionId),
        Type = JobType.CollectionScan,
        LibraryId = libraryId,
        CollectionId = input.CollectionId,
        Stage = JobStage.Rendering,
        Options = JsonSerializer.Serialize(input with { Carried = null, JobId = null, Paused = false }),
        StartedAt = startedAt,
        UpdatedAt = startedAt,
    };
}
