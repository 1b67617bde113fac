using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>Marks a class or interface as a workflow. The workflow type name is the type's name, without the leading
/// <c>I</c> of an interface, unless <see cref="Name"/> says otherwise.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>Uses the name of the type.</summary>
    public WorkflowAttribute()
    {
    }

    /// <summary>Uses an explicit workflow type name.</summary>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>The explicit workflow type name, or null for the name of the type.</summary>
    public string? Name { get; }

    /// <summary>Whether this workflow takes every workflow type that no other workflow of the worker takes. Its run
    /// method then accepts one array of <see cref="Converters.IRawValue"/>.</summary>
    public bool Dynamic { get; set; }

    /// <summary>Exception types that fail the workflow execution instead of only its current workflow task.</summary>
    public Type[]? FailureExceptionTypes { get; set; }

    /// <summary>How executions move between worker versions.</summary>
    public VersioningBehavior VersioningBehavior { get; set; } = VersioningBehavior.Unspecified;
}
