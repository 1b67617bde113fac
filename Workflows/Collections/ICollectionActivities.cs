using System.Text.Json.Serialization;
using ImageLibrary.Core;
using Temporalio.Activities;

namespace ImageLibrary.Workflows;

/// <summary>Opens the books of a collection that is scanned by itself.</summary>
public interface IStartCollectionScan
{
    /// <summary>Adds the job.</summary>
    /// <param name="input">The collection.</param>
    [Activity("StartCollectionScan")]
    Task<CollectionScanSettings> StartCollectionScanAsync(StartCollectionScanInput input);
}

/// <summary>A collection's scan that starts.</summary>
/// <param name="Collection">Which collection.</param>
/// <param name="JobId">The job.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record StartCollectionScanInput(
    [property: JsonPropertyName("collection")] CollectionProcessingInput Collection,
    [property: JsonPropertyName("jobId")] string JobId,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt);

/// <summary>What the scan of a collection needs to know.</summary>
/// <param name="Paused">All jobs are paused.</param>
/// <param name="SearchAttributes">The server knows the search attributes.</param>
public sealed record CollectionScanSettings(
    [property: JsonPropertyName("paused")] bool Paused,
    [property: JsonPropertyName("searchAttributes")] bool SearchAttributes);

/// <summary>Compares a collection's listing with the store.</summary>
public interface IListImages
{
    /// <summary>Plans one page of images.</summary>
    /// <param name="input">Where to go on.</param>
    [Activity("ListImages")]
    Task<ListImagesPage> ListImagesAsync(ListImagesInput input);
}

/// <summary>Where listing goes on.</summary>
public sealed record ListImagesInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>The collection.</summary>
    [JsonPropertyName("collectionId")]
    public required string CollectionId { get; init; }

    /// <summary>Number of this page, from 1.</summary>
    [JsonPropertyName("page")]
    public required long Page { get; init; }

    /// <summary>Sort key after which to go on; null at the start.</summary>
    [JsonPropertyName("cursor")]
    public byte[]? Cursor { get; init; }

    /// <summary>Counts of the former pages.</summary>
    [JsonPropertyName("counts")]
    public required ScanCounts Counts { get; init; }

    /// <summary>Images of the former pages that are not on disk any more.</summary>
    [JsonPropertyName("missing")]
    public long Missing { get; init; }

    /// <summary>Fingerprint of the listing that the first page was planned from; null at the start.</summary>
    [JsonPropertyName("fingerprint")]
    public string? Fingerprint { get; init; }

    /// <summary>Also take images that failed or lack a derivative.</summary>
    [JsonPropertyName("resumeIncomplete")]
    public required bool ResumeIncomplete { get; init; }

    /// <summary>Render everything again.</summary>
    [JsonPropertyName("overwriteExisting")]
    public required bool OverwriteExisting { get; init; }

    /// <summary>Read every source and compare its content.</summary>
    [JsonPropertyName("deep")]
    public required bool Deep { get; init; }
}

/// <summary>One planned page.</summary>
public sealed record ListImagesPage
{
    /// <summary>Counts of this and the former pages.</summary>
    [JsonPropertyName("counts")]
    public required ScanCounts Counts { get; init; }

    /// <summary>Images of this and the former pages that are not on disk any more.</summary>
    [JsonPropertyName("missing")]
    public long Missing { get; init; }

    /// <summary>Batches to render, in order.</summary>
    [JsonPropertyName("ranges")]
    public required IReadOnlyList<BatchRange> Ranges { get; init; }

    /// <summary>Sort key after which the next page goes on.</summary>
    [JsonPropertyName("cursor")]
    public byte[]? Cursor { get; init; }

    /// <summary>Fingerprint of the listing that the first page was planned from.</summary>
    [JsonPropertyName("fingerprint")]
    public string? Fingerprint { get; init; }

    /// <summary>Nothing is left to list.</summary>
    [JsonPropertyName("done")]
    public required bool Done { get; init; }

    /// <summary>The pictures lie in an archive that can only be read from its beginning to its end.</summary>
    [JsonPropertyName("sequential")]
    public bool Sequential { get; init; }
}

/// <summary>Renders one batch.</summary>
public interface IRenderBatch
{
    /// <summary>Renders the planned images of a range and records them by one update of the store.</summary>
    /// <param name="input">Which batch.</param>
    [Activity("RenderBatch")]
    Task<RenderBatchResult> RenderBatchAsync(RenderBatchInput input);
}

/// <summary>Which batch to render.</summary>
public sealed record RenderBatchInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>The collection.</summary>
    [JsonPropertyName("collectionId")]
    public required string CollectionId { get; init; }

    /// <summary>1 or 2.</summary>
    [JsonPropertyName("lane")]
    public required int Lane { get; init; }

    /// <summary>Number of the batch in its lane.</summary>
    [JsonPropertyName("batchNumber")]
    public required long BatchNumber { get; init; }

    /// <summary>The lane's counts before this batch.</summary>
    [JsonPropertyName("counts")]
    public required ScanCounts Counts { get; init; }

    /// <summary>Where the images lie.</summary>
    [JsonPropertyName("range")]
    public required BatchRange Range { get; init; }

    /// <summary>Look for the former places of new images.</summary>
    [JsonPropertyName("findMoves")]
    public required bool FindMoves { get; init; }
}

/// <summary>What came of a batch.</summary>
/// <param name="Counts">The lane's counts, this batch included.</param>
/// <param name="Remaining">Images that were not started, because the batch was asked to stop.</param>
public sealed record RenderBatchResult(
    [property: JsonPropertyName("counts")] ScanCounts Counts,
    [property: JsonPropertyName("remaining")] int Remaining);

/// <summary>Renders an archive that can only be read from its beginning to its end.</summary>
public interface IRenderArchive
{
    /// <summary>Renders the planned images in one pass and records them batch by batch.</summary>
    /// <param name="input">Which archive.</param>
    [Activity("RenderArchive")]
    Task<RenderArchiveResult> RenderArchiveAsync(RenderArchiveInput input);
}

/// <summary>Which archive to render.</summary>
public sealed record RenderArchiveInput
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>The collection.</summary>
    [JsonPropertyName("collectionId")]
    public required string CollectionId { get; init; }

    /// <summary>1 or 2.</summary>
    [JsonPropertyName("lane")]
    public required int Lane { get; init; }

    /// <summary>Number of the lane's newest batch; those of the archive follow it.</summary>
    [JsonPropertyName("batchNumber")]
    public required long BatchNumber { get; init; }

    /// <summary>The lane's counts, that batch included.</summary>
    [JsonPropertyName("counts")]
    public required ScanCounts Counts { get; init; }

    /// <summary>All its planned images.</summary>
    [JsonPropertyName("range")]
    public required BatchRange Range { get; init; }

    /// <summary>Look for the former places of new images.</summary>
    [JsonPropertyName("findMoves")]
    public required bool FindMoves { get; init; }
}

/// <summary>What came of an archive.</summary>
/// <param name="BatchNumber">Number of the lane's newest batch.</param>
/// <param name="Counts">The lane's counts, that batch included.</param>
/// <param name="Remaining">Images that were not started, because the activity was asked to stop.</param>
public sealed record RenderArchiveResult(
    [property: JsonPropertyName("batchNumber")] long BatchNumber,
    [property: JsonPropertyName("counts")] ScanCounts Counts,
    [property: JsonPropertyName("remaining")] int Remaining);
