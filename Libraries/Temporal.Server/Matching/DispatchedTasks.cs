using ImageLibrary.Temporal.Server.Execution;

namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>What a workflow queue hands out: a workflow task, or a query alone.</summary>
/// <param name="Run">The run.</param>
/// <param name="ScheduledEventId">The task's scheduled event.</param>
/// <param name="Attempt">The task's attempt.</param>
/// <param name="Query">The query, where the task is one.</param>
internal sealed record DispatchedWorkflowTask(WorkflowRun Run, long ScheduledEventId, int Attempt, PendingQuery? Query = null);

/// <summary>What an activity queue hands out.</summary>
/// <param name="Run">The run.</param>
/// <param name="ScheduledEventId">The activity's scheduled event.</param>
/// <param name="Attempt">Its attempt.</param>
internal sealed record DispatchedActivityTask(WorkflowRun Run, long ScheduledEventId, int Attempt);
