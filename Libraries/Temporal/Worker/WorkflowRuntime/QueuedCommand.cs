using Temporalio.Api.Command.V1;
using Temporalio.Worker.WorkflowRuntime.Machines;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>A command that is to be sent, or was sent and waits for its event.</summary>
internal sealed record QueuedCommand(CommandMachine Machine, Command Command);
