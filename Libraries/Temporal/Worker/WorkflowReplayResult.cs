using Temporalio.Common;

namespace Temporalio.Worker;

/// <summary>What replaying one history led to.</summary>
/// <param name="History">The history.</param>
/// <param name="ReplayFailure">Why the code does not fit it; null if it does.</param>
public record WorkflowReplayResult(WorkflowHistory History, Exception? ReplayFailure);
