using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageLibrary.Core;

/// <summary>What a person started or a schedule triggered; one job is one workflow chain.</summary>
public sealed record Job
{
    /// <summary>The chain's first run id.</summary>
    public required string Id { get; init; }

    /// <summary>Workflow id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>What kind of job it is.</summary>
    public required JobType Type { get; init; }

    /// <summary>State as a person sees it.</summary>
    public JobState State { get; init; } = JobState.Running;

    /// <summary>Why it waits; null unless <see cref="State"/> is waiting.</summary>
    public JobWaiting? Waiting { get; init; }

    /// <summary>The library it works on, if one.</summary>
    public string? LibraryId { get; init; }

    /// <summary>The collection it works on, if one.</summary>
    public string? CollectionId { get; init; }

    /// <summary>Options it was started with, as compact JSON, to tell equal starts from different ones.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When anything of it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it is doing.</summary>
    public JobStage Stage { get; init; } = JobStage.Discovering;

    /// <summary>Relative path of the folder in work; null when none.</summary>
    public string? CurrentFolder { get; init; }

    /// <summary>Collections so far.</summary>
    public CollectionCounts Collections { get; init; } = new();

    /// <summary>Collections whose images are counted, and that are not counted as processed yet; none once the job has ended.</summary>
    public long OpenCollections { get => Ended ? 0 : field; init; }

    /// <summary>Images so far: ended collections plus open ones.</summary>
    public ScanCounts Images { get; init; } = new();

    /// <summary>Why a failed job failed: one sentence; null otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the job has ended.</summary>
    public bool Ended => State is JobState.Completed or JobState.CompletedWithFailures or JobState.Failed or JobState.Cancelled;

    /// <summary>Whether it is a scan of a whole library, not only of a folder in it.</summary>
    public bool ScansWholeLibrary()
    {
        using var options = JsonDocument.Parse(Options);
        return Type == JobType.Scan
            && !(options.RootElement.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String && path.GetString() != "");
    }
}

/// <summary>Collections of a job.</summary>
/// <param name="Total">Found so far.</param>
/// <param name="Done">Processed.</param>
/// <param name="Skipped">Up to date, so never processed.</param>
public sealed record CollectionCounts(
    [property: JsonPropertyName("total")] long Total = 0,
    [property: JsonPropertyName("done")] long Done = 0,
    [property: JsonPropertyName("skipped")] long Skipped = 0);

/// <summary>Why a job waits.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Until">When it goes on, where that is known.</param>
/// <param name="Detail">One sentence for the user.</param>
public sealed record JobWaiting(WaitingReason Reason, DateTimeOffset? Until, string Detail);

/// <summary>Reasons to wait.</summary>
public enum WaitingReason
{
    /// <summary>The library's root cannot be reached or is not the one that was scanned before.</summary>
    LibraryOffline,

    /// <summary>A cache folder has no space left.</summary>
    DiskFull,

    /// <summary>Outside of the allowed hours.</summary>
    QuietHours,

    /// <summary>A person must agree first.</summary>
    Approval,
}

/// <summary>Kinds of jobs.</summary>
public enum JobType
{
    /// <summary>Scan of a library.</summary>
    Scan,

    /// <summary>Scan of one collection.</summary>
    CollectionScan,

    /// <summary>Generation of derivatives.</summary>
    Generate,

    /// <summary>Adding many collections.</summary>
    BulkAdd,

    /// <summary>Comparison of the store with the disk.</summary>
    Verify,

    /// <summary>Removal of orphans.</summary>
    Cleanup,

    /// <summary>Removal of a library.</summary>
    Removal,

    /// <summary>Moving derivatives between cache folders.</summary>
    Rebalance,
}

/// <summary>States of a job.</summary>
public enum JobState
{
    /// <summary>At work.</summary>
    Running,

    /// <summary>Asked to pause; pictures in flight are finished.</summary>
    Pausing,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Cannot go on for now; goes on by itself.</summary>
    Waiting,

    /// <summary>Asked to cancel; pictures in flight are finished.</summary>
    Cancelling,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Done; some images failed or are damaged.</summary>
    CompletedWithFailures,

    /// <summary>Ended by an error.</summary>
    Failed,

    /// <summary>Cancelled.</summary>
    Cancelled,
}

/// <summary>Stages of a job.</summary>
public enum JobStage
{
    /// <summary>Still finding collections, while rendering goes on.</summary>
    Discovering,

    /// <summary>Everything is found; rendering.</summary>
    Rendering,

    /// <summary>Applying removals and closing the books.</summary>
    Finishing,
}
