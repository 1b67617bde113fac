using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>What a workflow instance learns at once, before it runs until it waits again.</summary>
internal sealed record Activation(
    IReadOnlyList<WorkflowJob> Jobs,
    DateTime Time,
    bool IsReplaying,
    int HistoryLength,
    int HistorySize,
    bool ContinueAsNewSuggested,
    IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedReasons);
