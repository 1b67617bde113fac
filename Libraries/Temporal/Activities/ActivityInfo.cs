using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>What is known about a running activity.</summary>
/// <param name="ActivityId">Id within the workflow.</param>
/// <param name="ActivityType">The activity's name.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="CurrentAttemptScheduledTime">When this attempt was scheduled (UTC).</param>
/// <param name="DataConverter">Converter of its values.</param>
/// <param name="HeartbeatDetails">What the last heartbeat of an earlier attempt carried.</param>
/// <param name="HeartbeatTimeout">Longest time between two heartbeats, null for no limit.</param>
/// <param name="IsLocal">Whether it is a local activity.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="RetryPolicy">Its retry policy, when the server tells.</param>
/// <param name="ScheduleToCloseTimeout">Time for all attempts together, null for no limit.</param>
/// <param name="ScheduledTime">When the first attempt was scheduled (UTC).</param>
/// <param name="StartToCloseTimeout">Time for this attempt, null for no limit.</param>
/// <param name="StartedTime">When this attempt started (UTC).</param>
/// <param name="TaskQueue">The task queue.</param>
/// <param name="TaskToken">Token for completing it from outside.</param>
/// <param name="WorkflowId">Id of the workflow that scheduled it.</param>
/// <param name="WorkflowNamespace">Namespace of that workflow.</param>
/// <param name="WorkflowRunId">Run of that workflow.</param>
/// <param name="WorkflowType">Type of that workflow.</param>
public record ActivityInfo(
    string ActivityId,
    string ActivityType,
    int Attempt,
    DateTime CurrentAttemptScheduledTime,
    DataConverter DataConverter,
    IReadOnlyCollection<Payload> HeartbeatDetails,
    TimeSpan? HeartbeatTimeout,
    bool IsLocal,
    string Namespace,
    Common.Priority Priority,
    Common.RetryPolicy? RetryPolicy,
    TimeSpan? ScheduleToCloseTimeout,
    DateTime ScheduledTime,
    TimeSpan? StartToCloseTimeout,
    DateTime StartedTime,
    string TaskQueue,
    byte[] TaskToken,
    string? WorkflowId,
    string? WorkflowNamespace,
    string? WorkflowRunId,
    string? WorkflowType)
{
    /// <summary>Whether a workflow scheduled it.</summary>
    public bool IsWorkflowActivity => WorkflowId != null;

    /// <summary>Reads what the last heartbeat of an earlier attempt carried.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="index">Position, from zero.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public async Task<T> HeartbeatDetailAtAsync<T>(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, HeartbeatDetails.Count);
        return await DataConverter.ToValueAsync<T>(HeartbeatDetails.ElementAt(index)).ConfigureAwait(false);
    }
}
