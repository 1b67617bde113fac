using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Worker;

/// <summary>
/// Activities that a workflow task's completion hands to the same worker at once. Slots are reserved before the
/// completion is sent, with that many commands marked; each task in the response uses one, the rest is released.
/// </summary>
internal interface IEagerActivities
{
    /// <summary>Whether this worker runs an activity.</summary>
    /// <param name="activityType">Name of the activity.</param>
    bool CanRun(string activityType);

    /// <summary>Reserves up to so many slots, never waiting.</summary>
    /// <returns>How many were reserved.</returns>
    int Reserve(int count);

    /// <summary>Gives slots back.</summary>
    void Release(int count);

    /// <summary>Runs an activity in a reserved slot.</summary>
    void Start(PollActivityTaskQueueResponse task);
}
