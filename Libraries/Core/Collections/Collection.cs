namespace ImageLibrary.Core;

/// <summary>A folder that directly holds at least one image, or one archive.</summary>
public sealed record Collection
{
    /// <summary>Opaque, url-safe id; see <see cref="StableId.ForCollection"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The library it belongs to.</summary>
    public required string LibraryId { get; init; }

    /// <summary>The folder's or archive's own name; for the root folder the library's name.</summary>
    public required string Name { get; init; }

    /// <summary>Path relative to the root with '/' as separator; empty for the root folder itself.</summary>
    public required string Path { get; init; }

    /// <summary>Folder or archive.</summary>
    public required CollectionKind Kind { get; init; }

    /// <summary>Images that are known and not removed.</summary>
    public long ImageCount { get; init; }

    /// <summary>Images that wait for rendering, failed, or lack a derivative.</summary>
    public long IncompleteCount { get; init; }

    /// <summary>The image that stands for the collection: the first in natural order that is shown.</summary>
    public string? CoverImageId { get; init; }

    /// <summary>Fingerprint of the listing that the images were last planned from; null until then.</summary>
    public string? ListingFingerprint { get; init; }

    /// <summary>Fingerprint of the recipes that the images were last planned with; null until then.</summary>
    public string? RecipeFingerprint { get; init; }

    /// <summary>The job that last saw the collection on disk.</summary>
    public string? LastSeenJobId { get; init; }

    /// <summary>Why there is nothing to show: the collection as a whole cannot be read, or is an archive without pictures; else null.</summary>
    public ImageFailure? Failure { get; init; }
}

/// <summary>Kind of a collection.</summary>
public enum CollectionKind
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>An archive file.</summary>
    Archive,
}

/// <summary>A collection as discovery found it on disk.</summary>
/// <param name="Path">Path relative to the root with '/' as separator.</param>
/// <param name="Name">The name a person sees.</param>
/// <param name="Kind">Folder or archive.</param>
public sealed record DiscoveredCollection(string Path, string Name, CollectionKind Kind);
