using System.Linq.Expressions;
using Temporalio.Expressions;

namespace Temporalio.Workflows;

/// <summary>Another workflow, known by its id, to be signalled or cancelled from a workflow.</summary>
public abstract class ExternalWorkflowHandle
{
    /// <summary>Workflow id.</summary>
    public abstract string Id { get; }

    /// <summary>Run, or null for the current one.</summary>
    public abstract string? RunId { get; }

    /// <summary>Signals the workflow by a lambda that calls the handler.</summary>
    /// <exception cref="Exceptions.ApplicationFailureException">The workflow does not exist.</exception>
    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Signals the workflow by name.</summary>
    /// <exception cref="Exceptions.ApplicationFailureException">The workflow does not exist.</exception>
    public abstract Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null);

    /// <summary>Asks the workflow to cancel.</summary>
    /// <exception cref="Exceptions.ApplicationFailureException">The workflow does not exist.</exception>
    public abstract Task CancelAsync();

    /// <summary>Asks the workflow to cancel.</summary>
    /// <exception cref="Exceptions.ApplicationFailureException">The workflow does not exist.</exception>
    public virtual Task CancelAsync(ExternalWorkflowCancelOptions? options) => CancelAsync();
}

/// <summary>Another workflow of a known type.</summary>
/// <typeparam name="TWorkflow">Workflow class or interface.</typeparam>
public abstract class ExternalWorkflowHandle<TWorkflow> : ExternalWorkflowHandle
{
    /// <summary>Signals the workflow by a lambda that calls the handler.</summary>
    /// <exception cref="Exceptions.ApplicationFailureException">The workflow does not exist.</exception>
    public Task SignalAsync(
        Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
