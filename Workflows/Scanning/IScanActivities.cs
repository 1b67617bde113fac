using System.Text.Json.Serialization;
using ImageLibrary.Core;
using Temporalio.Activities;

namespace ImageLibrary.Workflows;

/// <summary>Opens the books of a scan.</summary>
public interface IStartLibraryScan
{
    /// <summary>Adds the job and reads what the scan needs to know.</summary>
    /// <param name="input">The scan.</param>
    [Activity("StartLibraryScan")]
    Task<LibraryScanSettings> StartLibraryScanAsync(StartLibraryScanInput input);
}

/// <summary>A scan that starts.</summary>
/// <param name="Scan">What to scan.</param>
/// <param name="JobId">The job.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record StartLibraryScanInput(
    [property: JsonPropertyName("scan")] LibraryScanInput Scan,
    [property: JsonPropertyName("jobId")] string JobId,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt);

/// <summary>What a scan needs to know.</summary>
/// <param name="Concurrency">Collections at once.</param>
/// <param name="Paused">All jobs are paused.</param>
/// <param name="FindMoves">The library held images before.</param>
/// <param name="SearchAttributes">The server knows the search attributes.</param>
public sealed record LibraryScanSettings(
    [property: JsonPropertyName("concurrency")] int Concurrency,
    [property: JsonPropertyName("paused")] bool Paused,
    [property: JsonPropertyName("findMoves")] bool FindMoves,
    [property: JsonPropertyName("searchAttributes")] bool SearchAttributes);

/// <summary>Finds collections on disk.</summary>
public interface IDiscoverCollections
{
    /// <summary>Walks on from a cursor for about a second, and tells which collections have work.</summary>
    /// <param name="input">Where to go on.</param>
    [Activity("DiscoverCollections")]
    Task<DiscoveryPage> DiscoverCollectionsAsync(DiscoverCollectionsInput input);
}

/// <summary>Where discovery goes on.</summary>
/// <param name="Scan">What to scan; its carried state is left out.</param>
/// <param name="JobId">The job.</param>
/// <param name="Cursor">Where the former page stopped; null at the start.</param>
/// <param name="Found">Collections of the former pages. None at all where images are known means that a disk is away.</param>
public sealed record DiscoverCollectionsInput(
    [property: JsonPropertyName("scan")] LibraryScanInput Scan,
    [property: JsonPropertyName("jobId")] string JobId,
    [property: JsonPropertyName("cursor")] DiscoveryCursor? Cursor,
    [property: JsonPropertyName("found")] long Found);

/// <summary>What one page of discovery found.</summary>
public sealed record DiscoveryPage
{
    /// <summary>Collections with work.</summary>
    [JsonPropertyName("work")]
    public required IReadOnlyList<CollectionWork> Work { get; init; }

    /// <summary>Collections found on this page.</summary>
    [JsonPropertyName("found")]
    public required long Found { get; init; }

    /// <summary>Collections of this page that are up to date.</summary>
    [JsonPropertyName("skipped")]
    public required long Skipped { get; init; }

    /// <summary>Images of the skipped collections, and failures of folders.</summary>
    [JsonPropertyName("images")]
    public required ScanCounts Images { get; init; }

    /// <summary>Folders that could not be read.</summary>
    [JsonPropertyName("protectedPaths")]
    public required IReadOnlyList<string> ProtectedPaths { get; init; }

    /// <summary>Where the next page goes on.</summary>
    [JsonPropertyName("cursor")]
    public required DiscoveryCursor? Cursor { get; init; }

    /// <summary>Nothing is left to find.</summary>
    [JsonPropertyName("done")]
    public required bool Done { get; init; }
}

/// <summary>Waits for a collection that somebody else has locked.</summary>
public interface IAwaitCollection
{
    /// <summary>Looks once whether the lock is free; fails with a delay while it is not.</summary>
    /// <param name="collectionId">The collection.</param>
    [Activity("AwaitCollection")]
    Task AwaitCollectionAsync(string collectionId);
}
