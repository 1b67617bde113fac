using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>
/// What lists and counts show of one run. A transition that changes any of it carries the whole record, which is written in the same
/// SQLite transaction as the run's events; the last record of a run wins. The messages are immutable from here on.
/// </summary>
internal sealed record VisibilityRecord
{
    /// <summary>The run's row; unique over all namespaces and never used again.</summary>
    public required long RunKey { get; init; }

    public required string Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    public required string WorkflowType { get; init; }

    public required string TaskQueue { get; init; }

    public required WorkflowExecutionStatus Status { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When the first task may run; later than the start after a delay or backoff.</summary>
    public required DateTimeOffset ExecutionTime { get; init; }

    public DateTimeOffset? CloseTime { get; init; }

    /// <summary>Events written so far; exact once the run is closed.</summary>
    public long HistoryLength { get; init; }

    /// <summary>Bytes of history; exact once the run is closed.</summary>
    public long HistorySizeBytes { get; init; }

    public long StateTransitionCount { get; init; }

    public Memo? Memo { get; init; }

    public SearchAttributes? SearchAttributes { get; init; }

    public string ParentWorkflowId { get; init; } = string.Empty;

    public string ParentRunId { get; init; } = string.Empty;

    public string RootWorkflowId { get; init; } = string.Empty;

    public string RootRunId { get; init; } = string.Empty;

    public string FirstRunId { get; init; } = string.Empty;
}
