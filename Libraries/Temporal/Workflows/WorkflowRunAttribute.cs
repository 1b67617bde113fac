namespace Temporalio.Workflows;

/// <summary>Marks the one entry method of a workflow: public, not static, returning a task.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowRunAttribute : Attribute
{
}
