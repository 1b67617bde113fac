using System.Text.Json.Serialization;
using ImageLibrary.Core;

namespace ImageLibrary.Workflows;

/// <summary>Answer of the query <c>progress</c>: what the workflow itself knows; the store knows each batch.</summary>
public sealed record JobProgress
{
    /// <summary>Id of the job.</summary>
    [JsonPropertyName("jobId")]
    public string? JobId { get; init; }

    /// <summary>Asked to pause, or paused.</summary>
    [JsonPropertyName("paused")]
    public bool Paused { get; init; }

    /// <summary>Stage as in the REST API.</summary>
    [JsonPropertyName("stage")]
    public string Stage { get; init; } = "";

    /// <summary>Collections in work at once.</summary>
    [JsonPropertyName("concurrency")]
    public int Concurrency { get; init; }

    /// <summary>Collections or batches in work now.</summary>
    [JsonPropertyName("inFlight")]
    public int InFlight { get; init; }

    /// <summary>Collections so far.</summary>
    [JsonPropertyName("collections")]
    public CollectionCounts Collections { get; init; } = new();

    /// <summary>Images of ended batches; of a library's open collections, as they last told.</summary>
    [JsonPropertyName("images")]
    public ScanCounts Images { get; init; } = new();
}
