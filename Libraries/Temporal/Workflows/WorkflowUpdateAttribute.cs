namespace Temporalio.Workflows;

/// <summary>Marks a public method as update handler. The default name is the method's, without a trailing <c>Async</c>.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowUpdateAttribute : Attribute
{
    /// <summary>Uses the default name.</summary>
    public WorkflowUpdateAttribute()
    {
    }

    /// <summary>Uses an explicit name.</summary>
    public WorkflowUpdateAttribute(string name) => Name = name;

    /// <summary>The explicit name, or null for the default one.</summary>
    public string? Name { get; }

    /// <summary>A short description, shown by tools that read the workflow's metadata.</summary>
    public string? Description { get; set; }

    /// <summary>Whether this handler takes every name that no other handler takes. Its parameters are then the name and
    /// an array of <see cref="Converters.IRawValue"/>.</summary>
    public bool Dynamic { get; set; }

    /// <summary>What happens when the workflow ends while the handler still runs.</summary>
    public HandlerUnfinishedPolicy UnfinishedPolicy { get; set; } = HandlerUnfinishedPolicy.WarnAndAbandon;
}
