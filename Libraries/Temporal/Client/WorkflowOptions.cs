using System.Linq.Expressions;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Expressions;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>Options of starting a workflow.</summary>
public class WorkflowOptions : ICloneable
{
    /// <summary>Creates options without id and task queue, which are required.</summary>
    public WorkflowOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="id">The workflow's id.</param>
    /// <param name="taskQueue">Queue of its tasks.</param>
    public WorkflowOptions(string id, string taskQueue)
    {
        Id = id;
        TaskQueue = taskQueue;
    }

    /// <summary>The workflow's id, required.</summary>
    public string? Id { get; set; }

    /// <summary>Queue of its tasks, required.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>One line about the workflow for the Web UI.</summary>
    public string? StaticSummary { get; set; }

    /// <summary>Several lines about the workflow for the Web UI.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>Time for all runs together, null for no limit.</summary>
    public TimeSpan? ExecutionTimeout { get; set; }

    /// <summary>Time for a run, null for no limit.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Time for a workflow task, null for ten seconds.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Whether the id of an ended workflow may be used again. Default always.</summary>
    public WorkflowIdReusePolicy IdReusePolicy { get; set; } = WorkflowIdReusePolicy.AllowDuplicate;

    /// <summary>What happens when a workflow of this id runs. Default a failure.</summary>
    public WorkflowIdConflictPolicy IdConflictPolicy { get; set; } = WorkflowIdConflictPolicy.Unspecified;

    /// <summary>How the workflow is retried, null for not.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>When it runs again and again, in cron's form.</summary>
    public string? CronSchedule { get; set; }

    /// <summary>Values that lists and descriptions show.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Values to search by.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Time before the first workflow task; a signal ends it early.</summary>
    public TimeSpan? StartDelay { get; set; }

    /// <summary>Signal to send with the start; a running workflow of this id only gets the signal.</summary>
    public string? StartSignal { get; set; }

    /// <summary>Arguments of that signal.</summary>
    public IReadOnlyCollection<object?>? StartSignalArgs { get; set; }

    /// <summary>Priority of its tasks.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Options of the call.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Sets the signal to send with the start.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="signalCall">Call of the signal's method.</param>
    public void SignalWithStart<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall)
    {
        var (method, args) = ExpressionCall.Read(signalCall);
        SignalWithStart(WorkflowSignalDefinition.NameFromMethodForCall(method), args);
    }

    /// <summary>Sets the signal to send with the start.</summary>
    /// <param name="signal">Name of the signal.</param>
    /// <param name="args">Its arguments.</param>
    public void SignalWithStart(string signal, IReadOnlyCollection<object?> args)
    {
        StartSignal = signal;
        StartSignalArgs = args;
    }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (WorkflowOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
