using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>Options of a <see cref="WorkflowReplayer"/>.</summary>
public class WorkflowReplayerOptions : ICloneable
{
    private List<WorkflowDefinition> workflows = [];

    /// <summary>Raised before a workflow runs for a task of the history.</summary>
    public event EventHandler<WorkflowTaskStartingEventArgs>? WorkflowTaskStarting;

    /// <summary>Raised after a workflow ran for a task of the history.</summary>
    public event EventHandler<WorkflowTaskCompletedEventArgs>? WorkflowTaskCompleted;

    /// <summary>The workflows to replay.</summary>
    public IList<WorkflowDefinition> Workflows => workflows;

    /// <summary>Namespace that the workflows see.</summary>
    public string Namespace { get; set; } = "ReplayNamespace";

    /// <summary>Task queue that the workflows see.</summary>
    public string TaskQueue { get; set; } = "ReplayTaskQueue";

    /// <summary>Converter of values and failures.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>Interceptors; the first is the outermost.</summary>
    public IReadOnlyCollection<IWorkerInterceptor>? Interceptors { get; set; }

    /// <summary>Build id that the workflows see.</summary>
    public string? BuildId { get; set; }

    /// <summary>Who replays.</summary>
    public string? Identity { get; set; }

    /// <summary>Whether deadlock detection is off. Default true under a debugger.</summary>
    public bool DebugMode { get; set; } = System.Diagnostics.Debugger.IsAttached;

    /// <summary>Whether leaving the workflow's task scheduler goes unnoticed.</summary>
    public bool DisableWorkflowTracingEventListener { get; set; }

    /// <summary>Where to log.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Exceptions that fail a workflow, rather than its task, in addition to failure exceptions.</summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">Class with <see cref="WorkflowAttribute" />.</typeparam>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="type">Class with <see cref="WorkflowAttribute" />.</param>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow(WorkflowDefinition definition)
    {
        workflows.Add(definition);
        return this;
    }

    /// <summary>Copies these options; the list of workflows is copied too.</summary>
    public virtual object Clone()
    {
        var copy = (WorkflowReplayerOptions)MemberwiseClone();
        copy.workflows = [.. workflows];
        return copy;
    }

    internal void OnTaskStarting(object sender, WorkflowTaskStartingEventArgs e) => WorkflowTaskStarting?.Invoke(sender, e);

    internal void OnTaskCompleted(object sender, WorkflowTaskCompletedEventArgs e) => WorkflowTaskCompleted?.Invoke(sender, e);
}
