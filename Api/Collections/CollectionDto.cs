using ImageLibrary.Api.Images;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Collections;

/// <summary>A folder that directly holds images, or an archive.</summary>
public sealed record CollectionDto
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>The library it belongs to.</summary>
    public required string LibraryId { get; init; }

    /// <summary>The folder's or archive's name.</summary>
    public required string Name { get; init; }

    /// <summary>Path relative to the library's folder; empty for that folder itself.</summary>
    public required string Path { get; init; }

    /// <summary>Folder or archive.</summary>
    public required CollectionKind Kind { get; init; }

    /// <summary>Images that are known and not removed.</summary>
    public required long ImageCount { get; init; }

    /// <summary>Address of the thumbnail that stands for it; null when none is shown.</summary>
    public required string? Cover { get; init; }

    /// <summary>Why it cannot be read as a whole, or that it is an archive without pictures; else null.</summary>
    public required FailureDto? Failure { get; init; }

    internal static CollectionDto From(Collection collection, ImageRecord? cover, ImageUrls urls) => new()
    {
        Id = collection.Id,
        LibraryId = collection.LibraryId,
        Name = collection.Name,
        Path = collection.Path,
        Kind = collection.Kind,
        ImageCount = collection.ImageCount,
        Cover = cover is null ? null : urls.Thumbnail(cover),
        Failure = FailureDto.From(collection.Failure),
    };
}
