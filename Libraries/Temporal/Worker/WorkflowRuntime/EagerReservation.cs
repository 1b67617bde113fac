using Temporalio.Api.Command.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Slots for activities that the completion of a workflow task may bring back at once. What is not used is given
/// back when this is disposed.</summary>
internal sealed class EagerReservation : IDisposable
{
    private readonly IEagerActivities? activities;
    private int reserved;

    private EagerReservation(IEagerActivities? activities, int reserved)
    {
        this.activities = activities;
        this.reserved = reserved;
    }

    /// <summary>Reserves slots and leaves the request for eager execution on as many commands.</summary>
    public static EagerReservation Make(WorkerContext context, IReadOnlyList<Command> commands)
    {
        var eligible = new List<ScheduleActivityTaskCommandAttributes>();
        foreach (var activity in commands.Select(c => c.ScheduleActivityTaskCommandAttributes).OfType<ScheduleActivityTaskCommandAttributes>())
        {
            if (activity.RequestEagerExecution
                && !context.Options.DisableEagerActivityExecution
                && activity.TaskQueue.Name == context.TaskQueue
                && context.EagerActivities?.CanRun(activity.ActivityType.Name) == true)
            {
                eligible.Add(activity);
            }
            else
            {
                activity.RequestEagerExecution = false;
            }
        }

        var wanted = Math.Min(eligible.Count, context.Options.MaxEagerActivityReservationsPerWorkflowTask);
        var reserved = wanted > 0 ? context.EagerActivities!.Reserve(wanted) : 0;
        foreach (var activity in eligible.Skip(reserved))
        {
            activity.RequestEagerExecution = false;
        }

        return new(context.EagerActivities, reserved);
    }

    /// <summary>Runs what came back.</summary>
    public void Start(IEnumerable<PollActivityTaskQueueResponse> tasks)
    {
        foreach (var task in tasks)
        {
            reserved--;
            activities!.Start(task);
        }
    }

    public void Dispose()
    {
        if (reserved > 0)
        {
            activities!.Release(reserved);
        }
    }
}
