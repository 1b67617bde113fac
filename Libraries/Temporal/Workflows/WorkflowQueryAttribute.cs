namespace Temporalio.Workflows;

/// <summary>Marks a public method or readable property as query handler. The default name is the member's own.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class WorkflowQueryAttribute : Attribute
{
    /// <summary>Uses the default name.</summary>
    public WorkflowQueryAttribute()
    {
    }

    /// <summary>Uses an explicit name.</summary>
    public WorkflowQueryAttribute(string name) => Name = name;

    /// <summary>The explicit name, or null for the default one.</summary>
    public string? Name { get; }

    /// <summary>A short description, shown by tools that read the workflow's metadata.</summary>
    public string? Description { get; set; }

    /// <summary>Whether this handler takes every name that no other handler takes. Its parameters are then the name and
    /// an array of <see cref="Converters.IRawValue"/>.</summary>
    public bool Dynamic { get; set; }
}
