using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>How a child workflow is started.</summary>
public class ChildWorkflowOptions : ICloneable
{
    /// <summary>Workflow id; null for a new deterministic identifier.</summary>
    public string? Id { get; set; }

    /// <summary>Task queue of the child; null for the parent's own.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>One line for people, shown in the user interface, fixed at start.</summary>
    public string? StaticSummary { get; set; }

    /// <summary>A longer text for people, fixed at start.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>How a failed child is retried; null for no retry.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>What cancellation means, <see cref="ChildWorkflowCancellationType.WaitCancellationCompleted"/> by
    /// default.</summary>
    public ChildWorkflowCancellationType CancellationType { get; set; } =
        ChildWorkflowCancellationType.WaitCancellationCompleted;

    /// <summary>Cancels this child; null for <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>What happens to the child when the parent closes, <see cref="ParentClosePolicy.Terminate"/> by
    /// default.</summary>
    public ParentClosePolicy ParentClosePolicy { get; set; } = ParentClosePolicy.Terminate;

    /// <summary>Limit over all runs of the child; null for none.</summary>
    public TimeSpan? ExecutionTimeout { get; set; }

    /// <summary>Limit of one run; null for none.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Limit of one workflow task; null for the server's default.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Whether the id of a closed workflow may be used again.</summary>
    public WorkflowIdReusePolicy IdReusePolicy { get; set; } = WorkflowIdReusePolicy.AllowDuplicate;

    /// <summary>Cron expression by which the child repeats; null for none.</summary>
    public string? CronSchedule { get; set; }

    /// <summary>Values shown with the child, not indexed.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Indexed attributes of the child.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Which worker versions may take it (the older build id scheme).</summary>
    [Obsolete("Worker deployments replace build id versioning")]
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <summary>Priority of the child's tasks; null for the parent's own.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Copies these options; the retry policy is copied too.</summary>
    public virtual object Clone()
    {
        var copy = (ChildWorkflowOptions)MemberwiseClone();
        copy.RetryPolicy = RetryPolicy is { } policy ? policy with { } : null;
        return copy;
    }
}
