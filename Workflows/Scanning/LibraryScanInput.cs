using System.Text.Json.Serialization;
using ImageLibrary.Core;

namespace ImageLibrary.Workflows;

/// <summary>What to scan and how.</summary>
public sealed record LibraryScanInput
{
    /// <summary>The library.</summary>
    [JsonPropertyName("libraryId")]
    public string LibraryId { get; init; } = "";

    /// <summary>Also take images that failed or lack a derivative; false for new and changed ones only.</summary>
    [JsonPropertyName("resumeIncomplete")]
    public bool ResumeIncomplete { get; init; } = true;

    /// <summary>Render everything again.</summary>
    [JsonPropertyName("overwriteExisting")]
    public bool OverwriteExisting { get; init; }

    /// <summary>Read every source and compare its content, so that edits in place are found.</summary>
    [JsonPropertyName("deep")]
    public bool Deep { get; init; }

    /// <summary>Only the folder at this path relative to the root, and what lies beneath; null for the whole library.</summary>
    [JsonPropertyName("path")]
    public string? Path { get; init; }

    /// <summary>History events after which a run hands over to the next.</summary>
    [JsonPropertyName("eventLimit")]
    public int EventLimit { get; init; } = RunLimits.Events;

    /// <summary>Where a former run of the same job stopped; null at the start.</summary>
    [JsonPropertyName("carried")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LibraryScanState? Carried { get; init; }
}

/// <summary>What one run of a scan hands to the next. Its size does not grow with the library.</summary>
public sealed record LibraryScanState
{
    /// <summary>The job: the chain's first run id.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>Where discovery goes on; null at the start.</summary>
    [JsonPropertyName("cursor")]
    public DiscoveryCursor? Cursor { get; init; }

    /// <summary>Discovery has seen everything.</summary>
    [JsonPropertyName("discovered")]
    public bool Discovered { get; init; }

    /// <summary>What is gone is removed; nothing is left to do.</summary>
    [JsonPropertyName("removed")]
    public bool Removed { get; init; }

    /// <summary>Collections with work that no child was started for yet; at most a page.</summary>
    [JsonPropertyName("pending")]
    public IReadOnlyList<CollectionWork> Pending { get; init; } = [];

    /// <summary>Folders that could not be read: nothing beneath them is removed.</summary>
    [JsonPropertyName("protectedPaths")]
    public IReadOnlyList<string> ProtectedPaths { get; init; } = [];

    /// <summary>Number of the newest fold.</summary>
    [JsonPropertyName("foldSequence")]
    public long FoldSequence { get; init; }

    /// <summary>Collections so far.</summary>
    [JsonPropertyName("collections")]
    public CollectionCounts Collections { get; init; } = new();

    /// <summary>Images of ended and skipped collections.</summary>
    [JsonPropertyName("images")]
    public ScanCounts Images { get; init; } = new();

    /// <summary>Paused.</summary>
    [JsonPropertyName("paused")]
    public bool Paused { get; init; }

    /// <summary>Collections at once.</summary>
    [JsonPropertyName("concurrency")]
    public int Concurrency { get; init; }

    /// <summary>Children that ended by an error, so that the scan is not complete.</summary>
    [JsonPropertyName("brokenCollections")]
    public long BrokenCollections { get; init; }

    /// <summary>Whether the server knows the search attributes.</summary>
    [JsonPropertyName("searchAttributes")]
    public bool SearchAttributes { get; init; }

    /// <summary>Whether the library held images before, so that moved ones may be found.</summary>
    [JsonPropertyName("findMoves")]
    public bool FindMoves { get; init; }
}

/// <summary>Where discovery stopped.</summary>
/// <param name="Folder">Relative path of the last folder that was visited.</param>
/// <param name="Archive">Name of the last archive in that folder that was visited; null when the folder is done.</param>
public sealed record DiscoveryCursor(
    [property: JsonPropertyName("folder")] string Folder,
    [property: JsonPropertyName("archive")] string? Archive = null);

/// <summary>A collection with work.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
public sealed record CollectionWork(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("name")] string Name);

/// <summary>How a scan ended.</summary>
public sealed record LibraryScanResult
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>End state as in the REST API.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    /// <summary>Collections.</summary>
    [JsonPropertyName("collections")]
    public required CollectionCounts Collections { get; init; }

    /// <summary>Images.</summary>
    [JsonPropertyName("images")]
    public required ScanCounts Images { get; init; }
}
