using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>Limits of what commands carry.</summary>
internal static class CommandLimits
{
    /// <summary>Cuts durations that a clock could not count.</summary>
    public static void CutDurations(IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            switch (command.AttributesCase)
            {
                case Command.AttributesOneofCase.StartTimerCommandAttributes:
                    DurationLimit.Cut(command.StartTimerCommandAttributes.StartToFireTimeout);
                    break;
                case Command.AttributesOneofCase.ScheduleActivityTaskCommandAttributes:
                    var activity = command.ScheduleActivityTaskCommandAttributes;
                    DurationLimit.Cut(activity.ScheduleToCloseTimeout, activity.ScheduleToStartTimeout, activity.StartToCloseTimeout, activity.HeartbeatTimeout);
                    Cut(activity.RetryPolicy);
                    break;
                case Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes:
                    var child = command.StartChildWorkflowExecutionCommandAttributes;
                    DurationLimit.Cut(child.WorkflowExecutionTimeout, child.WorkflowRunTimeout, child.WorkflowTaskTimeout);
                    Cut(child.RetryPolicy);
                    break;
                case Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes:
                    var next = command.ContinueAsNewWorkflowExecutionCommandAttributes;
                    DurationLimit.Cut(next.WorkflowRunTimeout, next.WorkflowTaskTimeout, next.BackoffStartInterval);
                    Cut(next.RetryPolicy);
                    break;
            }
        }
    }

    /// <summary>Why the first command that carries too much ends its workflow, or null.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="maximum">The most that one may carry, in bytes.</param>
    public static string? FirstOversize(IEnumerable<Command> commands, int maximum) =>
        commands.FirstOrDefault(command => command.CalculateSize() > maximum) is { } command ? $"{command.AttributesCase} exceeds size limit." : null;

    private static void Cut(RetryPolicy? policy) => DurationLimit.Cut(policy?.InitialInterval, policy?.MaximumInterval);
}
