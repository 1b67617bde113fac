using System.Text.Json.Serialization;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Libraries;

/// <summary>A library.</summary>
public sealed record LibraryDto
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person sees.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the folder; nothing beneath it is ever written.</summary>
    public required string RootPath { get; init; }

    /// <summary>What is scanned and how it is rendered.</summary>
    public required LibrarySettingsDto Settings { get; init; }

    /// <summary>Whether jobs may start.</summary>
    public required LibraryState State { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Images that are known and not removed.</summary>
    public required long ImageCount { get; init; }

    /// <summary>Collections with at least one image.</summary>
    public required long CollectionCount { get; init; }

    /// <summary>Files in the cache folder that were made of its images.</summary>
    public required DerivativeSum Derivatives { get; init; }

    /// <summary>The newest scan of the whole library; null before the first.</summary>
    public required LastScanDto? LastScan { get; init; }

    internal static LibraryDto From(Library library) => new()
    {
        Id = library.Id,
        Name = library.Name,
        RootPath = library.RootPath,
        Settings = LibrarySettingsDto.From(library.Settings),
        State = library.State,
        CreatedAt = library.CreatedAt,
        ImageCount = library.ImageCount,
        CollectionCount = library.CollectionCount,
        Derivatives = library.Derivatives,
        LastScan = library.LastScan is { } scan ? new LastScanDto(scan.JobId, scan.State, scan.StartedAt, scan.EndedAt) : null,
    };
}

/// <summary>The newest scan of a library.</summary>
/// <param name="JobId">Id of the job.</param>
/// <param name="State">Its state.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
public sealed record LastScanDto(string JobId, JobState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>Settings of a library.</summary>
/// <param name="Exclude">Glob patterns of relative paths that are left out, beside the default excludes.</param>
/// <param name="MaxConcurrentCollections">Collections that a scan processes at once, 1 to 64.</param>
/// <param name="Derivatives">What is made of every image.</param>
/// <param name="ServeOriginals">
/// Whether a loose file is served itself, with its metadata, where a derivative would only be a copy of it without.
/// </param>
public sealed record LibrarySettingsDto(
    IReadOnlyList<string> Exclude, int MaxConcurrentCollections, IReadOnlyList<DerivativeSpecDto> Derivatives, bool ServeOriginals)
{
    internal static LibrarySettingsDto From(LibrarySettings settings) => new(
        settings.Exclude, settings.MaxConcurrentCollections, [.. settings.Derivatives.Select(DerivativeSpecDto.From)], settings.ServeOriginals);
}

/// <summary>A derivative to be made of every image.</summary>
/// <param name="Kind">Kind, such as <c>thumbnail</c>.</param>
/// <param name="MaxWidth">Width of the box in pixels.</param>
/// <param name="MaxHeight">Height of the box in pixels.</param>
/// <param name="Format">Output format.</param>
/// <param name="Quality">Encoder quality, 1 to 100.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DerivativeSpecDto(string Kind, int MaxWidth, int MaxHeight, string Format, int Quality)
{
    internal static DerivativeSpecDto From(DerivativeSpec spec) =>
        new(spec.Kind, spec.MaxWidth, spec.MaxHeight, spec.Format, spec.Quality);

    internal DerivativeSpec ToSpec() => new(Kind, MaxWidth, MaxHeight, Format, Quality);
}
