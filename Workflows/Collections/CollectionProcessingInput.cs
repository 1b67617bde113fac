using System.Text.Json.Serialization;
using ImageLibrary.Core;

namespace ImageLibrary.Workflows;

/// <summary>Which collection to process and how.</summary>
public sealed record CollectionProcessingInput
{
    /// <summary>Brings the images' derivatives up to date.</summary>
    public const string RenderOperation = "render";

    /// <summary>Removes the collection of a library that is being removed; see <see cref="ILibraryRemoval"/>.</summary>
    public const string RemoveOperation = "remove";

    /// <summary>The collection.</summary>
    [JsonPropertyName("collectionId")]
    public string CollectionId { get; init; } = "";

    /// <summary>What to do: <c>render</c>, or <c>remove</c> as a part of a removal.</summary>
    [JsonPropertyName("operation")]
    public string Operation { get; init; } = RenderOperation;

    /// <summary>The job that this is a part of; null makes it a job of its own.</summary>
    [JsonPropertyName("jobId")]
    public string? JobId { get; init; }

    /// <summary>Also take images that failed or lack a derivative.</summary>
    [JsonPropertyName("resumeIncomplete")]
    public bool ResumeIncomplete { get; init; } = true;

    /// <summary>Render everything again.</summary>
    [JsonPropertyName("overwriteExisting")]
    public bool OverwriteExisting { get; init; }

    /// <summary>Read every source and compare its content.</summary>
    [JsonPropertyName("deep")]
    public bool Deep { get; init; }

    /// <summary>Start paused.</summary>
    [JsonPropertyName("paused")]
    public bool Paused { get; init; }

    /// <summary>Look for the former places of new images.</summary>
    [JsonPropertyName("findMoves")]
    public bool FindMoves { get; init; } = true;

    /// <summary>Whether the server knows the search attributes.</summary>
    [JsonPropertyName("searchAttributes")]
    public bool SearchAttributes { get; init; }

    /// <summary>History events after which a run hands over to the next.</summary>
    [JsonPropertyName("eventLimit")]
    public int EventLimit { get; init; } = RunLimits.Events;

    /// <summary>Where a former run stopped; null at the start.</summary>
    [JsonPropertyName("carried")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CollectionProcessingState? Carried { get; init; }
}

/// <summary>What one run hands to the next.</summary>
public sealed record CollectionProcessingState
{
    /// <summary>Whether this run made the job and has to end it.</summary>
    [JsonPropertyName("ownsJob")]
    public bool OwnsJob { get; init; }

    /// <summary>Number of the newest page of the listing.</summary>
    [JsonPropertyName("page")]
    public long Page { get; init; }

    /// <summary>Sort key after which listing goes on; null at the start.</summary>
    [JsonPropertyName("cursor")]
    public byte[]? Cursor { get; init; }

    /// <summary>Everything is listed.</summary>
    [JsonPropertyName("listed")]
    public bool Listed { get; init; }

    /// <summary>An archive that is read in one pass: one activity, once everything is listed.</summary>
    [JsonPropertyName("sequential")]
    public bool Sequential { get; init; }

    /// <summary>The listing lane's counts.</summary>
    [JsonPropertyName("planned")]
    public ScanCounts Planned { get; init; } = new();

    /// <summary>Images that are not on disk any more.</summary>
    [JsonPropertyName("missing")]
    public long Missing { get; init; }

    /// <summary>Fingerprint of the listing that the first page was planned from; null at the start.</summary>
    [JsonPropertyName("fingerprint")]
    public string? Fingerprint { get; init; }

    /// <summary>What is gone is removed; only for a job of its own.</summary>
    [JsonPropertyName("removed")]
    public bool Removed { get; init; }

    /// <summary>Ranges that wait for a lane, in order.</summary>
    [JsonPropertyName("ranges")]
    public IReadOnlyList<BatchRange> Ranges { get; init; } = [];

    /// <summary>The rendering lanes.</summary>
    [JsonPropertyName("lanes")]
    public IReadOnlyList<LaneState> Lanes { get; init; } = [];
}

/// <summary>A range of sort keys that holds at most one batch of planned images.</summary>
/// <param name="From">First key, included.</param>
/// <param name="Through">Last key, included.</param>
/// <param name="Images">Planned images in it.</param>
public sealed record BatchRange(
    [property: JsonPropertyName("from")] byte[] From,
    [property: JsonPropertyName("through")] byte[] Through,
    [property: JsonPropertyName("images")] int Images);

/// <summary>Progress of a rendering lane.</summary>
/// <param name="BatchNumber">Number of its newest batch.</param>
/// <param name="Counts">Its counts, that batch included.</param>
/// <param name="Remainder">What a stopped batch left; the lane's next batch. It stays in its lane, because the stopped batch may have been recorded there.</param>
public sealed record LaneState(
    [property: JsonPropertyName("batchNumber")] long BatchNumber,
    [property: JsonPropertyName("counts")] ScanCounts Counts,
    [property: JsonPropertyName("remainder")] BatchRange? Remainder = null);

/// <summary>What a collection came to.</summary>
/// <param name="Counts">Counts of all lanes.</param>
public sealed record CollectionProcessingResult([property: JsonPropertyName("counts")] ScanCounts Counts);
