using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <content>Workflows.</content>
public partial class TemporalWorkerOptions
{
    private List<WorkflowDefinition> workflows = [];

    /// <summary>Raised on the workflow's thread before a workflow runs for a task. Handlers must be quick.</summary>
    public event EventHandler<WorkflowTaskStartingEventArgs>? WorkflowTaskStarting;

    /// <summary>Raised on the workflow's thread after a workflow ran for a task. Handlers must be quick.</summary>
    public event EventHandler<WorkflowTaskCompletedEventArgs>? WorkflowTaskCompleted;

    /// <summary>The workflows that it runs.</summary>
    public IList<WorkflowDefinition> Workflows => workflows;

    /// <summary>Whether and how the query <c>__stack_trace</c> is answered. Default not.</summary>
    public WorkflowStackTrace WorkflowStackTrace { get; set; } = WorkflowStackTrace.None;

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">Class with <see cref="WorkflowAttribute" />.</typeparam>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="type">Class with <see cref="WorkflowAttribute" />.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow(WorkflowDefinition definition)
    {
        workflows.Add(definition);
        return this;
    }

    internal void OnTaskStarting(object sender, WorkflowTaskStartingEventArgs e) => WorkflowTaskStarting?.Invoke(sender, e);

    internal void OnTaskCompleted(object sender, WorkflowTaskCompletedEventArgs e) => WorkflowTaskCompleted?.Invoke(sender, e);

    partial void CopyWorkflows() => workflows = [.. workflows];
}
