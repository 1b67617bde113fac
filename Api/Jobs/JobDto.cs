using ImageLibrary.Core;

namespace ImageLibrary.Api.Jobs;

/// <summary>What a person started or a schedule triggered.</summary>
public sealed record JobDto
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Workflow id in the engine.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>What kind of job it is.</summary>
    public required JobType Type { get; init; }

    /// <summary>State.</summary>
    public required JobState State { get; init; }

    /// <summary>Why it waits; null unless it does.</summary>
    public required JobWaitingDto? Waiting { get; init; }

    /// <summary>The library it works on; null when none.</summary>
    public required string? LibraryId { get; init; }

    /// <summary>The collection it works on; null when none.</summary>
    public required string? CollectionId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When anything of it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it is doing.</summary>
    public required JobStage Stage { get; init; }

    /// <summary>Folder in work, relative to the library's; null when none.</summary>
    public required string? CurrentFolder { get; init; }

    /// <summary>Collections so far.</summary>
    public required JobCollectionsDto Collections { get; init; }

    /// <summary>Images so far.</summary>
    public required JobImagesDto Images { get; init; }

    /// <summary>What the scan found to be different.</summary>
    public required JobChangesDto Changes { get; init; }

    /// <summary>Bytes of sources read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Bytes of derivatives written.</summary>
    public required long BytesWritten { get; init; }

    /// <summary>Images done per second: lately while it runs, on average once it has ended.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds that remain; null until all collections are found, and while nothing moves.</summary>
    public required SecondsRangeDto? EtaSeconds { get; init; }

    /// <summary>What the whole job will take; null until enough is done to tell.</summary>
    public required JobForecastDto? Forecast { get; init; }

    /// <summary>Failures and damaged sources by class.</summary>
    public required IReadOnlyDictionary<string, long> FailuresByClass { get; init; }

    /// <summary>Why a failed job failed; null otherwise.</summary>
    public required string? Error { get; init; }
}

/// <summary>Why a job waits.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Until">When it goes on; null when that is not known.</param>
/// <param name="Detail">One sentence for the user.</param>
public sealed record JobWaitingDto(WaitingReason Reason, DateTimeOffset? Until, string Detail);

/// <summary>Collections of a job.</summary>
/// <param name="Total">Found so far.</param>
/// <param name="Done">Processed.</param>
/// <param name="Skipped">Up to date, so never processed.</param>
public sealed record JobCollectionsDto(long Total, long Done, long Skipped);

/// <summary>Images of a job; those rendered, reused, skipped and failed sum to the total at the end.</summary>
/// <param name="Total">Found so far.</param>
/// <param name="Rendered">Something was encoded.</param>
/// <param name="Reused">Valid files were on disk.</param>
/// <param name="Skipped">Up to date.</param>
/// <param name="Failed">Cannot be shown.</param>
/// <param name="Expected">What the total will be about, once the images of all collections found so far are counted; at the end the total.</param>
public sealed record JobImagesDto(long Total, long Rendered, long Reused, long Skipped, long Failed, long Expected);

/// <summary>What a scan found to be different.</summary>
/// <param name="Added">New images.</param>
/// <param name="Changed">Images with new content.</param>
/// <param name="Moved">Images found again elsewhere.</param>
/// <param name="Removed">Images whose source is gone.</param>
/// <param name="Unchanged">Images as they were.</param>
public sealed record JobChangesDto(long Added, long Changed, long Moved, long Removed, long Unchanged);

/// <summary>A range of seconds.</summary>
/// <param name="Low">At the best rate seen.</param>
/// <param name="High">At the worst rate seen.</param>
public sealed record SecondsRangeDto(double Low, double High);

/// <summary>What a job will take from start to end, as far as is found.</summary>
/// <param name="Bytes">Bytes of derivatives.</param>
/// <param name="Seconds">Seconds.</param>
public sealed record JobForecastDto(long Bytes, double Seconds);

/// <summary>One failure of a job.</summary>
/// <param name="ImageId">The image; null when a whole archive or folder failed.</param>
/// <param name="CollectionId">The collection; null for a folder that could not be listed.</param>
/// <param name="Path">Path relative to the library's folder.</param>
/// <param name="Class">The class.</param>
/// <param name="Message">One sentence for the user.</param>
/// <param name="Retryable">Whether trying again can help without changing the source.</param>
/// <param name="At">When.</param>
public sealed record JobFailureDto(
    string? ImageId, string? CollectionId, string Path, FailureClass Class, string Message, bool Retryable, DateTimeOffset At)
{
    internal static JobFailureDto From(JobFailure failure) => new(
        failure.ImageId, failure.CollectionId, failure.Path, failure.Failure.Class, failure.Failure.Message,
        failure.Failure.Retryable, failure.At);
}
