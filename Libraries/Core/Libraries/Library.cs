namespace ImageLibrary.Core;

/// <summary>A root folder with settings, whose collections are kept browsable.</summary>
public sealed record Library
{
    /// <summary>Opaque, url-safe id.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person sees.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the root folder; nothing beneath it is ever written.</summary>
    public required string RootPath { get; init; }

    /// <summary>What is scanned and how it is rendered.</summary>
    public LibrarySettings Settings { get; init; } = new();

    /// <summary>Identity of the root when it was last seen, or null before the first scan.</summary>
    public RootIdentity? RootIdentity { get; init; }

    /// <summary>Whether jobs may start.</summary>
    public LibraryState State { get; init; } = LibraryState.Active;

    /// <summary>When the library was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Images that are known and not removed.</summary>
    public long ImageCount { get; init; }

    /// <summary>Collections that hold at least one image that is not removed.</summary>
    public long CollectionCount { get; init; }

    /// <summary>Files that were made of its images.</summary>
    public DerivativeSum Derivatives { get; init; } = DerivativeSum.None;

    /// <summary>The newest scan of the whole library, or null before the first.</summary>
    public LastScan? LastScan { get; init; }

    /// <summary>Whether one root lies inside the other.</summary>
    /// <param name="other">Another library.</param>
    public bool Overlaps(Library other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Contains(RootPath, other.RootPath) || Contains(other.RootPath, RootPath);
    }

    private static bool Contains(string outer, string inner) =>
        (inner.TrimEnd('/') + "/").StartsWith(outer.TrimEnd('/') + "/", StringComparison.Ordinal);
}

/// <summary>The newest scan of a library.</summary>
/// <param name="JobId">Id of the job.</param>
/// <param name="State">Its state.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended, or null while it runs.</param>
public sealed record LastScan(string JobId, JobState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>Whether a library takes new jobs.</summary>
public enum LibraryState
{
    /// <summary>Jobs may start.</summary>
    Active,

    /// <summary>The library is being removed; new jobs are refused.</summary>
    Deleting,
}
