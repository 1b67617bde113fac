using Microsoft.Extensions.Logging;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>What running workflows needs to know, the same for workers and replayers.</summary>
internal sealed record WorkflowRuntimeOptions(
    string Namespace,
    string TaskQueue,
    string BuildId,
    IReadOnlyCollection<WorkflowDefinition> Workflows,
    DataConverter DataConverter,
    IReadOnlyCollection<IWorkerInterceptor> Interceptors,
    ILoggerFactory LoggerFactory)
{
    /// <summary>Exceptions that fail the workflow, besides failure exceptions.</summary>
    public IReadOnlyCollection<Type> FailureExceptionTypes { get; init; } = [];

    /// <summary>How long a workflow may run without waiting; infinite while debugging.</summary>
    public TimeSpan DeadlockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether leaving the workflow's scheduler goes unnoticed.</summary>
    public bool DisableTracingEventListener { get; init; }

    /// <summary>What the stack trace query tells.</summary>
    public WorkflowStackTrace StackTrace { get; init; } = WorkflowStackTrace.None;

    /// <summary>Called before an instance runs.</summary>
    public Action<WorkflowTaskStartingEventArgs> OnTaskStarting { get; init; } = static _ => { };

    /// <summary>Called after an instance ran.</summary>
    public Action<WorkflowTaskCompletedEventArgs> OnTaskCompleted { get; init; } = static _ => { };
}
