using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>Finds commands that cannot be carried out, before any of them has an effect.</summary>
internal static class CommandCheck
{
    private const int MaximumIdLength = 1000;
    private const int MaximumPending = 2000;

    /// <summary>Whether a command ends the run.</summary>
    public static bool Closes(Command command) => command.CommandType is CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution
        or CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;

    /// <summary>The first fault with its cause, or null.</summary>
    public static (WorkflowTaskFailedCause Cause, string Message)? FirstFault(WorkflowRun run, IEnumerable<Command> commands)
    {
        var timers = run.Timers.Keys.ToHashSet();
        var activities = run.Activities.Values.Where(activity => !activity.IsResolved).Select(activity => activity.Id).ToHashSet();
        var children = run.Children.Count;
        foreach (var command in commands)
        {
            var fault = command.AttributesCase switch
            {
                Command.AttributesOneofCase.ScheduleActivityTaskCommandAttributes => Check(command.ScheduleActivityTaskCommandAttributes, activities),
                Command.AttributesOneofCase.StartTimerCommandAttributes => Check(command.StartTimerCommandAttributes, timers),
                Command.AttributesOneofCase.CancelTimerCommandAttributes when !timers.Remove(command.CancelTimerCommandAttributes.TimerId) =>
                    (WorkflowTaskFailedCause.BadCancelTimerAttributes, $"Timer '{command.CancelTimerCommandAttributes.TimerId}' is not running."),
                Command.AttributesOneofCase.RequestCancelActivityTaskCommandAttributes
                    when command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId is var scheduled && (scheduled <= 0 || scheduled >= run.NextEventId) =>
                    (WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, "The activity to cancel is not named."),
                Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes => Check(command.StartChildWorkflowExecutionCommandAttributes, ++children),
                Command.AttributesOneofCase.None when !Closes(command) =>
                    (WorkflowTaskFailedCause.Unspecified, $"Unknown command type: {command.CommandType}."),
                _ => ((WorkflowTaskFailedCause, string)?)null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static (WorkflowTaskFailedCause, string)? Check(ScheduleActivityTaskCommandAttributes command, HashSet<string> ids)
    {
        const WorkflowTaskFailedCause Cause = WorkflowTaskFailedCause.BadScheduleActivityAttributes;
        if (command.ActivityId.Length is 0 or > MaximumIdLength || command.ActivityType?.Name is not { Length: > 0 })
        {
            return (Cause, "An activity needs an id of at most 1000 characters and a type.");
        }

        if ((command.StartToCloseTimeout?.ToTimeSpan() ?? default) <= TimeSpan.Zero && (command.ScheduleToCloseTimeout?.ToTimeSpan() ?? default) <= TimeSpan.Zero)
        {
            return (Cause, $"A valid StartToClose or ScheduleToCloseTimeout is not set on command. ActivityId={command.ActivityId}");
        }

        if (!ids.Add(command.ActivityId))
        {
            return (WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"ActivityId '{command.ActivityId}' is in use.");
        }

        return ids.Count > MaximumPending ? (WorkflowTaskFailedCause.PendingActivitiesLimitExceeded, "Too many pending activities.") : null;
    }

    private static (WorkflowTaskFailedCause, string)? Check(StartTimerCommandAttributes command, HashSet<string> ids)
    {
        if (command.TimerId.Length is 0 or > MaximumIdLength || (command.StartToFireTimeout?.ToTimeSpan() ?? default) <= TimeSpan.Zero)
        {
            return (WorkflowTaskFailedCause.BadStartTimerAttributes, "A timer needs an id of at most 1000 characters and a positive duration.");
        }

        return ids.Add(command.TimerId) ? null : (WorkflowTaskFailedCause.StartTimerDuplicateId, $"TimerId '{command.TimerId}' is in use.");
    }

    private static (WorkflowTaskFailedCause, string)? Check(StartChildWorkflowExecutionCommandAttributes command, int pending)
    {
        if (command.WorkflowId.Length is 0 or > MaximumIdLength || command.WorkflowType?.Name is not { Length: > 0 })
        {
            return (WorkflowTaskFailedCause.BadStartChildExecutionAttributes, "A child workflow needs an id of at most 1000 characters and a type.");
        }

        return pending > MaximumPending ? (WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded, "Too many pending child workflows.") : null;
    }
}
