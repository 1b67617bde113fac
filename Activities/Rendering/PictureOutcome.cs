using System.Text.Json.Serialization;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What came of one picture. It is also what a retry of the batch takes over, so it is small.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Kind">How it counts.</param>
public sealed record PictureOutcome(
    [property: JsonPropertyName("imageId")] string ImageId,
    [property: JsonPropertyName("kind")] OutcomeKind Kind)
{
    /// <summary>How it counts among the changes.</summary>
    [JsonPropertyName("change")]
    public ChangeKind Change { get; init; }

    /// <summary>Size of the source as it was read.</summary>
    [JsonPropertyName("size")]
    public long SourceSize { get; init; }

    /// <summary>Time of the source as it was read.</summary>
    [JsonPropertyName("modified")]
    public long SourceModified { get; init; }

    /// <summary>Hash of the source; null when it could not be read.</summary>
    [JsonPropertyName("hash")]
    public string? ContentHash { get; init; }

    /// <summary>Generation of the derivatives' names.</summary>
    [JsonPropertyName("generation")]
    public int Generation { get; init; }

    /// <summary>Facts of the source; null to keep what is recorded.</summary>
    [JsonPropertyName("facts")]
    public SourceFacts? Facts { get; init; }

    /// <summary>The derivatives; null to keep what is recorded.</summary>
    [JsonPropertyName("derivatives")]
    public IReadOnlyList<Derivative>? Derivatives { get; init; }

    /// <summary>Thumbhash; null to keep what is recorded.</summary>
    [JsonPropertyName("thumbhash")]
    public byte[]? Thumbhash { get; init; }

    /// <summary>Failure, or damage of what is shown.</summary>
    [JsonPropertyName("failure")]
    public ImageFailure? Failure { get; init; }

    /// <summary>It killed the process that rendered it; it is not tried again by itself.</summary>
    [JsonPropertyName("quarantined")]
    public bool Quarantined { get; init; }

    /// <summary>The former image whose derivatives are taken over.</summary>
    [JsonPropertyName("movedFrom")]
    public string? MovedFromImageId { get; init; }

    /// <summary>Bytes read.</summary>
    [JsonPropertyName("bytesRead")]
    public long BytesRead { get; init; }

    /// <summary>Bytes written.</summary>
    [JsonPropertyName("bytesWritten")]
    public long BytesWritten { get; init; }
}

/// <summary>How a picture counts.</summary>
public enum OutcomeKind
{
    /// <summary>Something was encoded.</summary>
    Rendered,

    /// <summary>Its files were there and are recorded.</summary>
    Reused,

    /// <summary>The store had it up to date.</summary>
    Skipped,

    /// <summary>It cannot be shown.</summary>
    Failed,
}

/// <summary>How a picture counts among the changes.</summary>
public enum ChangeKind
{
    /// <summary>The same content as before.</summary>
    Unchanged,

    /// <summary>New.</summary>
    Added,

    /// <summary>New content.</summary>
    Changed,

    /// <summary>Known from another place.</summary>
    Moved,
}
