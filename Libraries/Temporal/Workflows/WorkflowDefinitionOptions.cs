using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>Options that a dynamic workflow returns for one execution.</summary>
public class WorkflowDefinitionOptions : ICloneable
{
    /// <summary>Exception types that fail the workflow execution instead of only its current workflow task.</summary>
    public Type[]? FailureExceptionTypes { get; set; }

    /// <summary>How the execution moves between worker versions.</summary>
    public VersioningBehavior VersioningBehavior { get; set; } = VersioningBehavior.Unspecified;

    /// <summary>Copies these options.</summary>
    public object Clone() => MemberwiseClone();
}
