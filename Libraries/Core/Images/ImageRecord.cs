using System.Text.Json.Serialization;

namespace ImageLibrary.Core;

/// <summary>One picture of a collection with the state of its derivatives.</summary>
public sealed record ImageRecord
{
    /// <summary>Opaque, url-safe id; see <see cref="StableId.ForImage"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The collection it belongs to.</summary>
    public required string CollectionId { get; init; }

    /// <summary>The library it belongs to.</summary>
    public required string LibraryId { get; init; }

    /// <summary>File name within the folder, or full entry path within the archive, with '/' as separator.</summary>
    public required string Path { get; init; }

    /// <summary>0, or the number of earlier entries with the same path in the archive.</summary>
    public int Occurrence { get; init; }

    /// <summary>Natural order within the collection; see <see cref="NaturalSortKey"/>.</summary>
    public required byte[] SortKey { get; init; }

    /// <summary>Size of the source in bytes, uncompressed for an archive entry.</summary>
    public long SourceSize { get; init; }

    /// <summary>Modification time of the source in 100 ns ticks since the Unix epoch.</summary>
    public long SourceModified { get; init; }

    /// <summary>Content hash of the source, 32 hexadecimal digits; null until it was read.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Part of the derivatives' names; raised to render again under new names.</summary>
    public int Generation { get; init; }

    /// <summary>The job that last raised <see cref="Generation"/> by overwriting.</summary>
    public string? GenerationJobId { get; init; }

    /// <summary>State as a person sees it.</summary>
    public ImageState State { get; init; } = ImageState.Pending;

    /// <summary>Facts of the source; null until it was read.</summary>
    public SourceFacts? Facts { get; init; }

    /// <summary>The recorded derivatives, at most one per kind.</summary>
    public IReadOnlyList<Derivative> Derivatives { get; init; } = [];

    /// <summary>Thumbhash placeholder, at most 25 bytes; null until rendered.</summary>
    public byte[]? Thumbhash { get; init; }

    /// <summary>Why the image is failed, damaged or quarantined; else null.</summary>
    public ImageFailure? Failure { get; init; }

    /// <summary>The job that has planned work for the image; null when nothing is planned.</summary>
    public string? PlannedByJobId { get; init; }

    /// <summary>What the planned work is; meaningful only while <see cref="PlannedByJobId"/> is set.</summary>
    public PlannedWork PlannedWork { get; init; }

    /// <summary>The job that did not find the source any more; the image is removed when that job's discovery ends.</summary>
    public string? RemovalCandidateJobId { get; init; }

    /// <summary>The job that removed the image; null unless removed.</summary>
    public string? RemovedByJobId { get; init; }

    /// <summary>When the image was removed; null unless removed.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>The recorded derivative of a kind, or null.</summary>
    /// <param name="kind">A kind such as <see cref="DerivativeSpec.Thumbnail"/>.</param>
    public Derivative? Derivative(string kind) => Derivatives.FirstOrDefault(derivative => derivative.Kind == kind);

    /// <summary>Whether generation, state and the files of the derivatives are those of another record.</summary>
    /// <param name="other">A record of the same image.</param>
    public bool HasSameFiles(ImageRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Generation == other.Generation && State == other.State
            && Derivatives.Select(made => made.FileName).SequenceEqual(other.Derivatives.Select(made => made.FileName), StringComparer.Ordinal);
    }

    /// <summary>Whether the image waits for rendering, failed, or lacks a derivative.</summary>
    /// <param name="kinds">Kinds of derivatives that its library wants.</param>
    public bool IsIncomplete(IReadOnlyCollection<string> kinds) => State switch
    {
        ImageState.Removed => false,
        ImageState.Pending or ImageState.Failed => true,
        // Not tried again by itself, so a rescan must not take it for work.
        ImageState.Quarantined => PlannedByJobId is not null,
        _ => PlannedByJobId is not null || kinds.Any(kind => Derivative(kind) is null),
    };
}

/// <summary>State of an image.</summary>
public enum ImageState
{
    /// <summary>Known, not rendered yet.</summary>
    Pending,

    /// <summary>All derivatives are there.</summary>
    Ready,

    /// <summary>Shown, but its source is damaged.</summary>
    Damaged,

    /// <summary>Cannot be shown.</summary>
    Failed,

    /// <summary>Its rendering killed a process; not tried again by itself.</summary>
    Quarantined,

    /// <summary>Its source is gone.</summary>
    Removed,
}

/// <summary>Why an image was taken into a job's work; decides how it counts among the job's changes.</summary>
public enum PlannedWork
{
    /// <summary>No change of the source: a derivative is missing, stale or failed before.</summary>
    Complete,

    /// <summary>The source is new.</summary>
    Added,

    /// <summary>Size or time of the source differ; its content decides whether it changed.</summary>
    Changed,

    /// <summary>Everything is rendered again.</summary>
    Overwrite,
}

/// <summary>One file made from an image, as recorded; or the image's source, which is served in its place.</summary>
/// <param name="Kind">Kind, such as <c>thumbnail</c>.</param>
/// <param name="FileName">
/// Name in the cache folder; see <see cref="DerivativeName"/>. Where the source is served it only tells addresses apart.
/// </param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Quality">Encoder quality that was used, 1 to 100; 100 for lossless; null when it is not known.</param>
/// <param name="Format">Format, such as <c>jpeg</c>.</param>
/// <param name="Recipe">Fingerprint of the recipe that made it.</param>
public sealed record Derivative(
    string Kind, string FileName, int Width, int Height, long Bytes, int? Quality, string Format, string Recipe)
{
    /// <summary>
    /// Modification time of the source that is served itself, in 100 ns ticks since the Unix epoch, its size being
    /// <see cref="Bytes"/>; null for a file in the cache folder.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OriginalModified { get; init; }

    /// <summary>Whether the source is served itself, and nothing of it lies in the cache folder.</summary>
    [JsonIgnore]
    public bool IsOriginal => OriginalModified is not null;
}
