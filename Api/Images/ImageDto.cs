using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Images;

/// <summary>One picture of a collection.</summary>
public sealed record ImageDto
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>The collection it belongs to.</summary>
    public required string CollectionId { get; init; }

    /// <summary>The library it belongs to.</summary>
    public required string LibraryId { get; init; }

    /// <summary>File name within the folder, or full entry path within the archive.</summary>
    public required string Path { get; init; }

    /// <summary>Width in pixels as shown; null until the source was read.</summary>
    public required int? Width { get; init; }

    /// <summary>Height in pixels as shown; null until the source was read.</summary>
    public required int? Height { get; init; }

    /// <summary>Size of the source in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Format by content, such as <c>jpeg</c>; null until the source was read.</summary>
    public required string? Format { get; init; }

    /// <summary>More than one frame or page; null until the source was read.</summary>
    public required bool? Animated { get; init; }

    /// <summary>EXIF orientation of the source, 1 to 8; width and height are those after it. Null until the source was read.</summary>
    public required int? Orientation { get; init; }

    /// <summary>Encoder quality of a JPEG source, 1 to 100, as far as it can be told; null for others.</summary>
    public required int? EstimatedQuality { get; init; }

    /// <summary>Name of the source's colour profile; null when it has none.</summary>
    public required string? Profile { get; init; }

    /// <summary>Make and model of the camera; null when unknown.</summary>
    public required string? Camera { get; init; }

    /// <summary>When the picture was taken, by the camera's own clock, so without a time zone; null when unknown.</summary>
    public required string? TakenAt { get; init; }

    /// <summary>State.</summary>
    public required ImageState State { get; init; }

    /// <summary>The small picture for grids; null until rendered.</summary>
    public required DerivativeDto? Thumbnail { get; init; }

    /// <summary>The display-size picture; null until rendered.</summary>
    public required DerivativeDto? Cache { get; init; }

    /// <summary>Thumbhash placeholder, base64; null until rendered.</summary>
    public required string? Thumbhash { get; init; }

    /// <summary>Why it is failed, damaged or quarantined; else null.</summary>
    public required FailureDto? Failure { get; init; }

    internal static ImageDto From(ImageRecord image, ImageUrls urls) => new()
    {
        Id = image.Id,
        CollectionId = image.CollectionId,
        LibraryId = image.LibraryId,
        Path = image.Path,
        Width = image.Facts?.Width,
        Height = image.Facts?.Height,
        Bytes = image.SourceSize,
        Format = image.Facts?.Format,
        Animated = image.Facts?.Animated,
        Orientation = image.Facts?.Orientation,
        EstimatedQuality = image.Facts?.Quality,
        Profile = image.Facts?.Profile,
        Camera = image.Facts?.Camera,
        TakenAt = image.Facts?.TakenAt?.ToString("s", CultureInfo.InvariantCulture),
        State = image.State,
        Thumbnail = DerivativeDto.From(image, DerivativeSpec.Thumbnail, urls),
        Cache = DerivativeDto.From(image, DerivativeSpec.Cache, urls),
        Thumbhash = image.Thumbhash is { } hash ? Convert.ToBase64String(hash) : null,
        Failure = FailureDto.From(image.Failure),
    };
}

/// <summary>A file made from an image.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Quality">Encoder quality, 1 to 100; null when it is not known.</param>
/// <param name="Format">Format, such as <c>jpeg</c>.</param>
/// <param name="Url">Where to get it; what the address shows never changes.</param>
public sealed record DerivativeDto(int Width, int Height, long Bytes, int? Quality, string Format, string Url)
{
    internal static DerivativeDto? From(ImageRecord image, string kind, ImageUrls urls) =>
        image.Derivative(kind) is { } derivative
            ? new(derivative.Width, derivative.Height, derivative.Bytes, derivative.Quality, derivative.Format, urls.Of(image, derivative))
            : null;
}

/// <summary>Why a picture or collection cannot be used, or is damaged.</summary>
/// <param name="Class">The class, for grouping.</param>
/// <param name="Message">One sentence for the user.</param>
/// <param name="Retryable">Whether trying again can help without changing the source.</param>
public sealed record FailureDto(FailureClass Class, string Message, bool Retryable)
{
    internal static FailureDto? From(ImageFailure? failure) =>
        failure is null ? null : new(failure.Class, failure.Message, failure.Retryable);
}
