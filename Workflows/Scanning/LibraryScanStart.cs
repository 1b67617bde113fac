using System.Text.Json;
using ImageLibrary.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace ImageLibrary.Workflows;

/// <summary>How a scan is started, the same from everywhere.</summary>
public static class LibraryScanStart
{
    /// <summary>Options of the workflow. While a scan of the library runs, a second start is refused.</summary>
    /// <param name="input">What to scan.</param>
    /// <param name="summary">Name of the library, shown by the Temporal Web UI.</param>
    public static WorkflowOptions Options(LibraryScanInput input, string summary) =>
        new(WorkflowIds.LibraryScan(input.LibraryId), TaskQueues.Jobs)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
            StaticSummary = $"Scan of {summary}",
        };

    /// <summary>
    /// The row of the job as it starts: the workflow's first activity and whoever starts the workflow add the same one.
    /// </summary>
    /// <param name="input">What to scan.</param>
    /// <param name="jobId">The first run id.</param>
    /// <param name="startedAt">When the workflow started.</param>
    public static Job Job(LibraryScanInput input, string jobId, DateTimeOffset startedAt) => new()
    {
        Id = jobId,
        WorkflowId = WorkflowIds.LibraryScan(input.LibraryId),
        Type = JobType.Scan,
        LibraryId = input.LibraryId,
        Options = JobOptions(input),
        StartedAt = startedAt,
        UpdatedAt = startedAt,
    };

    /// <summary>The options that tell equal starts from different ones, as compact JSON.</summary>
    /// <param name="input">What to scan.</param>
    public static string JobOptions(LibraryScanInput input) => JsonSerializer.Serialize(input with { Carried = null, EventLimit = RunLimits.Events });
}
