using System.Linq.Expressions;
using Temporalio.Expressions;

namespace Temporalio.Workflows;

/// <summary>A started child workflow.</summary>
public abstract class ChildWorkflowHandle
{
    /// <summary>Workflow id of the child.</summary>
    public abstract string Id { get; }

    /// <summary>First run of the child.</summary>
    public abstract string FirstExecutionRunId { get; }

    /// <summary>Waits for the end of the child and ignores a result.</summary>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, was cancelled, terminated or timed
    /// out.</exception>
    public Task GetResultAsync() => GetResultAsync<ValueTuple>();

    /// <summary>Waits for the end of the child and returns its result.</summary>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, was cancelled, terminated or timed
    /// out.</exception>
    public abstract Task<TResult> GetResultAsync<TResult>();

    /// <summary>Signals the child by a lambda that calls the handler.</summary>
    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Signals the child by name.</summary>
    public abstract Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null);
}

/// <summary>A started child workflow of a known type.</summary>
/// <typeparam name="TWorkflow">Workflow class or interface.</typeparam>
public abstract class ChildWorkflowHandle<TWorkflow> : ChildWorkflowHandle
{
    /// <summary>Signals the child by a lambda that calls the handler.</summary>
    public Task SignalAsync(Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}

/// <summary>A started child workflow of a known type and result.</summary>
/// <typeparam name="TWorkflow">Workflow class or interface.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ChildWorkflowHandle<TWorkflow, TResult> : ChildWorkflowHandle<TWorkflow>
{
    /// <summary>Waits for the end of the child and returns its result.</summary>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, was cancelled, terminated or timed
    /// out.</exception>
    public new Task<TResult> GetResultAsync() => GetResultAsync<TResult>();
}
