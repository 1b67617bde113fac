using System.Text.Json.Serialization;
using ImageLibrary.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

/// <summary>Removes a library that is marked as deleting: ends its jobs, removes its derivatives and all that is known of it.</summary>
[Workflow("LibraryRemoval")]
public interface ILibraryRemoval
{
    /// <summary>Removes the library.</summary>
    /// <param name="input">Which library.</param>
    [WorkflowRun]
    Task RunAsync(LibraryRemovalInput input);
}

/// <summary>Which library to remove.</summary>
public sealed record LibraryRemovalInput
{
    /// <summary>The library.</summary>
    [JsonPropertyName("libraryId")]
    public string LibraryId { get; init; } = "";

    /// <summary>History events after which a run hands over to the next.</summary>
    [JsonPropertyName("eventLimit")]
    public int EventLimit { get; init; } = RunLimits.Events;

    /// <summary>Where a former run stopped; null at the start.</summary>
    [JsonPropertyName("carried")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LibraryRemovalState? Carried { get; init; }
}

/// <summary>What one run hands to the next.</summary>
public sealed record LibraryRemovalState
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public string JobId { get; init; } = "";

    /// <summary>Number of the newest fold.</summary>
    [JsonPropertyName("foldSequence")]
    public long FoldSequence { get; init; }

    /// <summary>Collections so far.</summary>
    [JsonPropertyName("collections")]
    public CollectionCounts Collections { get; init; } = new();

    /// <summary>Images removed so far.</summary>
    [JsonPropertyName("removed")]
    public long Removed { get; init; }

    /// <summary>Whether the server knows the search attributes.</summary>
    [JsonPropertyName("searchAttributes")]
    public bool SearchAttributes { get; init; }
}

/// <summary>How a removal is started.</summary>
public static class LibraryRemovalStart
{
    /// <summary>Options of the workflow; while it runs, a second start is refused.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="summary">Name of the library, shown by the Temporal Web UI.</param>
    public static WorkflowOptions Options(string libraryId, string summary) =>
        new(WorkflowIds.LibraryRemoval(libraryId), TaskQueues.Jobs)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
            StaticSummary = $"Removal of {summary}",
        };

    /// <summary>The row of the job as it starts.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="jobId">The first run id.</param>
    /// <param name="startedAt">When the workflow started.</param>
    public static Job Job(string libraryId, string jobId, DateTimeOffset startedAt) => new()
    {
        Id = jobId,
        WorkflowId = WorkflowIds.LibraryRemoval(libraryId),
        Type = JobType.Removal,
        LibraryId = libraryId,
        Stage = JobStage.Finishing,
        StartedAt = startedAt,
        UpdatedAt = startedAt,
    };
}
