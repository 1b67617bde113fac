namespace Temporalio.Converters;

/// <summary>What a value belongs to, for converters that treat values by their owner.</summary>
public interface ISerializationContext
{
    /// <summary>A context that knows its workflow.</summary>
    interface IHasWorkflow : ISerializationContext
    {
        /// <summary>The namespace.</summary>
        string Namespace { get; }

        /// <summary>The workflow's id, null outside of workflows.</summary>
        string? WorkflowId { get; }
    }

    /// <summary>The value belongs to an activity.</summary>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="ActivityId">The activity's id, when known.</param>
    /// <param name="WorkflowId">Id of the workflow that scheduled it.</param>
    /// <param name="WorkflowType">Type of the workflow that scheduled it.</param>
    /// <param name="ActivityType">The activity's type, when known.</param>
    /// <param name="ActivityTaskQueue">The activity's task queue, when known.</param>
    /// <param name="IsLocal">Whether it is a local activity.</param>
    sealed record Activity(
        string Namespace,
        string? ActivityId,
        string? WorkflowId,
        string? WorkflowType,
        string? ActivityType,
        string? ActivityTaskQueue,
        bool IsLocal) : IHasWorkflow
    {
        /// <summary>Creates the context of a running activity.</summary>
        /// <param name="info">The activity.</param>
        public Activity(Activities.ActivityInfo info)
            : this(info.Namespace, info.ActivityId, info.WorkflowId, info.WorkflowType, info.ActivityType, info.TaskQueue, info.IsLocal)
        {
        }
    }

    /// <summary>The value belongs to a workflow.</summary>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="WorkflowId">The workflow's id.</param>
    sealed record Workflow(string Namespace, string WorkflowId) : IHasWorkflow
    {
        /// <inheritdoc />
        string? IHasWorkflow.WorkflowId => WorkflowId;
    }
}
