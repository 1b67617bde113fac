using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>A child workflow that has not ended.</summary>
internal sealed class ChildState(long initiatedEventId, StartChildWorkflowExecutionInitiatedEventAttributes command)
{
    public long InitiatedEventId { get; } = initiatedEventId;

    public StartChildWorkflowExecutionInitiatedEventAttributes Command { get; } = command;

    /// <summary>The event of its start; zero before.</summary>
    public long StartedEventId { get; set; }

    /// <summary>Its first run; empty before the start.</summary>
    public string RunId { get; set; } = string.Empty;
}
