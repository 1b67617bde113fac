namespace Temporalio.Workflows;

/// <summary>Marks a method that checks the arguments of an update before it is accepted; it rejects by throwing, and
/// must not change anything.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowUpdateValidatorAttribute : Attribute
{
    /// <summary>Names the update method, usually by <c>nameof</c>.</summary>
    public WorkflowUpdateValidatorAttribute(string updateMethod) => UpdateMethod = updateMethod;

    /// <summary>The name of the update method.</summary>
    public string UpdateMethod { get; }
}
