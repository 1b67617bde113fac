using System.Linq.Expressions;
using Temporalio.Expressions;

namespace Temporalio.Workflows;

/// <content>Child and other workflows.</content>
public static partial class Workflow
{
    /// <summary>Makes the exception that, thrown out of the run method, continues as new.</summary>
    /// <param name="workflowRunCall">A lambda that calls the run method; its arguments become the new run's.</param>
    /// <param name="options">What the new run takes over.</param>
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ContinueAsNewOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(workflowRunCall);
        return CreateContinueAsNewException(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Makes the exception that, thrown out of the run method, continues as new.</summary>
    /// <param name="workflowRunCall">A lambda that calls the run method; its arguments become the new run's.</param>
    /// <param name="options">What the new run takes over.</param>
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ContinueAsNewOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(workflowRunCall);
        return CreateContinueAsNewException(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Makes the exception that, thrown out of the run method, continues as new.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments of the new run.</param>
    /// <param name="options">What the new run takes over.</param>
    public static ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options = null) =>
        Context.CreateContinueAsNewException(workflow, args, options);

    /// <summary>Starts a child workflow and waits for its result.</summary>
    /// <param name="workflowRunCall">A lambda that calls the run method; its arguments become the child's.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">It failed, was cancelled, terminated or timed
    /// out.</exception>
    public static async Task<TResult> ExecuteChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflowRunCall, options).ConfigureAwait(true);
        return await handle.GetResultAsync().ConfigureAwait(true);
    }

    /// <summary>Starts a child workflow and waits for its end.</summary>
    /// <param name="workflowRunCall">A lambda that calls the run method; its arguments become the child's.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">It failed, was cancelled, terminated or timed
    /// out.</exception>
    public static async Task ExecuteChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflowRunCall, options).ConfigureAwait(true);
        await handle.GetResultAsync().ConfigureAwait(true);
    }

    /// <summary>Starts a child workflow by name, waits for its end and ignores a result.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments of the child.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">It failed, was cancelled, terminated or timed
    /// out.</exception>
    public static Task ExecuteChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        ExecuteChildWorkflowAsync<ValueTuple>(workflow, args, options);

    /// <summary>Starts a child workflow by name and waits for its result.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments of the child.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">It failed, was cancelled, terminated or timed
    /// out.</exception>
    public static async Task<TResult> ExecuteChildWorkflowAsync<TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflow, args, options).ConfigureAwait(true);
        return await handle.GetResultAsync<TResult>().ConfigureAwait(true);
    }

    /// <summary>Starts a child workflow and waits until the server has started it.</summary>
    /// <param name="workflowRunCall">A lambda that calls the run method; its arguments become the child's.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    public static Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(workflowRunCall);
        return Context.StartChildWorkflowAsync<TWorkflow, TResult>(
            WorkflowDefinition.NameFromRunMethodForCall(method), args, options ?? new());
    }

    /// <summary>Starts a child workflow and waits until the server has started it.</summary>
    /// <param name="workflowRunCall">A lambda that calls the run method; its arguments become the child's.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    public static async Task<ChildWorkflowHandle<TWorkflow>> StartChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(workflowRunCall);
        return await Context.StartChildWorkflowAsync<TWorkflow, ValueTuple>(
            WorkflowDefinition.NameFromRunMethodForCall(method), args, options ?? new()).ConfigureAwait(true);
    }

    /// <summary>Starts a child workflow by name and waits until the server has started it.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments of the child.</param>
    /// <param name="options">How it is started.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">Its id is taken.</exception>
    public static async Task<ChildWorkflowHandle> StartChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        await Context.StartChildWorkflowAsync<ValueTuple, ValueTuple>(
            workflow, args, options ?? new()).ConfigureAwait(true);

    /// <summary>A handle to another workflow. Nothing checks that it exists.</summary>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run, or null for the current one.</param>
    public static ExternalWorkflowHandle GetExternalWorkflowHandle(string id, string? runId = null) =>
        Context.GetExternalWorkflowHandle<ValueTuple>(id, runId);

    /// <summary>A handle to another workflow of a known type. Nothing checks that it exists.</summary>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run, or null for the current one.</param>
    public static ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(
        string id, string? runId = null) => Context.GetExternalWorkflowHandle<TWorkflow>(id, runId);
}
