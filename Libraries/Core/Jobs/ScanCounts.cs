using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ImageLibrary.Core;

/// <summary>Counts of a scan. An image counts once among rendered, reused, skipped and failed. The names are part of workflow payloads.</summary>
public sealed record ScanCounts
{
    /// <summary>Images found.</summary>
    [JsonPropertyName("total")]
    public long Total { get; init; }

    /// <summary>Images of which anything was encoded.</summary>
    [JsonPropertyName("rendered")]
    public long Rendered { get; init; }

    /// <summary>Images whose valid files were on disk and were only recorded again.</summary>
    [JsonPropertyName("reused")]
    public long Reused { get; init; }

    /// <summary>Images that the store had up to date.</summary>
    [JsonPropertyName("skipped")]
    public long Skipped { get; init; }

    /// <summary>Images that cannot be shown.</summary>
    [JsonPropertyName("failed")]
    public long Failed { get; init; }

    /// <summary>New images.</summary>
    [JsonPropertyName("added")]
    public long Added { get; init; }

    /// <summary>Images with new content.</summary>
    [JsonPropertyName("changed")]
    public long Changed { get; init; }

    /// <summary>Images whose derivatives were taken over from a former place.</summary>
    [JsonPropertyName("moved")]
    public long Moved { get; init; }

    /// <summary>Images whose source is gone.</summary>
    [JsonPropertyName("removed")]
    public long Removed { get; init; }

    /// <summary>Images with the content of the former scan.</summary>
    [JsonPropertyName("unchanged")]
    public long Unchanged { get; init; }

    /// <summary>Bytes of sources read.</summary>
    [JsonPropertyName("bytesRead")]
    public long BytesRead { get; init; }

    /// <summary>Bytes of derivatives written.</summary>
    [JsonPropertyName("bytesWritten")]
    public long BytesWritten { get; init; }

    /// <summary>Failures by class, damaged sources included.</summary>
    [JsonPropertyName("failuresByClass")]
    public ImmutableSortedDictionary<FailureClass, long> FailuresByClass { get; init; } = ImmutableSortedDictionary<FailureClass, long>.Empty;

    /// <summary>Images that need nothing more.</summary>
    [JsonIgnore]
    public long Done => Rendered + Reused + Skipped + Failed;

    /// <summary>Adds two counts.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static ScanCounts operator +(ScanCounts left, ScanCounts right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var byClass = left.FailuresByClass.ToBuilder();
        foreach (var (failureClass, count) in right.FailuresByClass)
        {
            byClass[failureClass] = byClass.GetValueOrDefault(failureClass) + count;
        }
        return new ScanCounts
        {
            Total = left.Total + right.Total,
            Rendered = left.Rendered + right.Rendered,
            Reused = left.Reused + right.Reused,
            Skipped = left.Skipped + right.Skipped,
            Failed = left.Failed + right.Failed,
            Added = left.Added + right.Added,
            Changed = left.Changed + right.Changed,
            Moved = left.Moved + right.Moved,
            Removed = left.Removed + right.Removed,
            Unchanged = left.Unchanged + right.Unchanged,
            BytesRead = left.BytesRead + right.BytesRead,
            BytesWritten = left.BytesWritten + right.BytesWritten,
            FailuresByClass = byClass.ToImmutable(),
        };
    }

    /// <summary>Adds two counts.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static ScanCounts Add(ScanCounts left, ScanCounts right) => left + right;
}
