using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>What became of the start of a child: its run, or the failure of a cancellation, or the reason why the server
/// refused it.</summary>
internal sealed record ChildStart(string? RunId, Failure? Canceled, StartChildWorkflowExecutionFailedCause? Refused);
