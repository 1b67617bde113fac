using System.Text.Json.Serialization;
using ImageLibrary.Core;
using Temporalio.Activities;

namespace ImageLibrary.Workflows;

/// <summary>Sets state and stage of a job as a person sees them.</summary>
public interface IRecordJobState
{
    /// <summary>Sets state and stage.</summary>
    /// <param name="input">What to set.</param>
    [Activity("RecordJobState")]
    Task RecordJobStateAsync(RecordJobStateInput input);
}

/// <summary>State and stage to set.</summary>
public sealed record RecordJobStateInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>New state, or null.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
    public JobState? State { get; init; }

    /// <summary>New stage, or null.</summary>
    [JsonPropertyName("stage")]
    [JsonConverter(typeof(JsonStringEnumConverter<JobStage>))]
    public JobStage? Stage { get; init; }
}

/// <summary>Records the counts of ended collections.</summary>
public interface IFoldCollections
{
    /// <summary>Records absolute counts.</summary>
    /// <param name="input">The counts.</param>
    [Activity("FoldCollections")]
    Task FoldCollectionsAsync(FoldCollectionsInput input);
}

/// <summary>Absolute counts of a job's ended and skipped collections.</summary>
public sealed record FoldCollectionsInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>Ascending number; an older fold is refused.</summary>
    [JsonPropertyName("sequence")]
    public required long Sequence { get; init; }

    /// <summary>Collections.</summary>
    [JsonPropertyName("collections")]
    public required CollectionCounts Collections { get; init; }

    /// <summary>Images.</summary>
    [JsonPropertyName("images")]
    public required ScanCounts Images { get; init; }

    /// <summary>Collections that ended since the former fold.</summary>
    [JsonPropertyName("endedCollectionIds")]
    public required IReadOnlyList<string> EndedCollectionIds { get; init; }
}

/// <summary>Removes what a job did not find any more.</summary>
public interface IApplyRemovals
{
    /// <summary>Marks images as removed.</summary>
    /// <param name="input">What may be removed.</param>
    /// <returns>Images removed by the job.</returns>
    [Activity("ApplyRemovals")]
    Task<long> ApplyRemovalsAsync(ApplyRemovalsInput input);
}

/// <summary>What a job may remove.</summary>
public sealed record ApplyRemovalsInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>The library; null to take that of <see cref="CollectionId"/>.</summary>
    [JsonPropertyName("libraryId")]
    public string? LibraryId { get; init; }

    /// <summary>Only candidates of this collection; null for a scan of folders.</summary>
    [JsonPropertyName("collectionId")]
    public string? CollectionId { get; init; }

    /// <summary>Only at or beneath this path; empty for the whole library.</summary>
    [JsonPropertyName("scopePath")]
    public string ScopePath { get; init; } = "";

    /// <summary>Folders that could not be read.</summary>
    [JsonPropertyName("protectedPaths")]
    public IReadOnlyList<string> ProtectedPaths { get; init; } = [];
}

/// <summary>Closes the books of a job.</summary>
public interface IFinishJob
{
    /// <summary>Sets the end state.</summary>
    /// <param name="input">How it ended.</param>
    /// <returns>The end state as in the REST API.</returns>
    [Activity("FinishJob")]
    Task<string> FinishJobAsync(FinishJobInput input);
}

/// <summary>How a job ended.</summary>
public sealed record FinishJobInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>Completed, failed or cancelled.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
    public required JobState State { get; init; }

    /// <summary>One sentence for a failed job.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>Parts of the job were ended from outside.</summary>
    [JsonPropertyName("incomplete")]
    public bool Incomplete { get; init; }
}
