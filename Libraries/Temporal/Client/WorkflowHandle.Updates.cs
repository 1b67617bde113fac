using System.Linq.Expressions;
using Temporalio.Expressions;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <content>Updates.</content>
public partial record WorkflowHandle
{
    /// <summary>Makes an update and waits for it to end.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>Completes when it succeeded.</returns>
    public Task ExecuteUpdateAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(updateCall);
        return ExecuteUpdateAsync(WorkflowUpdateDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Makes an update and waits for its result.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>The result.</returns>
    public Task<TUpdateResult> ExecuteUpdateAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(updateCall);
        return ExecuteUpdateAsync<TUpdateResult>(WorkflowUpdateDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Makes an update and waits for it to end.</summary>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>Completes when it succeeded.</returns>
    public Task ExecuteUpdateAsync(string update, IReadOnlyCollection<object?> args, WorkflowUpdateOptions? options = null) =>
        ExecuteUpdateAsync<ValueTuple>(update, args, options);

    /// <summary>Makes an update and waits for its result.</summary>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>The result.</returns>
    public async Task<TUpdateResult> ExecuteUpdateAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateOptions? options = null)
    {
        var start = new WorkflowUpdateStartOptions(WorkflowUpdateStage.Completed) { Id = options?.Id, Rpc = options?.Rpc };
        var handle = await StartUpdateAsync<TUpdateResult>(update, args, start).ConfigureAwait(false);
        return await handle.GetResultAsync(options?.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>A handle of it, once it has come to the stage that the options name.</returns>
    public Task<WorkflowUpdateHandle> StartUpdateAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateStartOptions options)
    {
        var (method, args) = ExpressionCall.Read(updateCall);
        return StartUpdateAsync(WorkflowUpdateDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>A handle of it, once it has come to the stage that the options name.</returns>
    public Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateStartOptions options)
    {
        var (method, args) = ExpressionCall.Read(updateCall);
        return StartUpdateAsync<TUpdateResult>(WorkflowUpdateDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Starts an update.</summary>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>A handle of it, once it has come to the stage that the options name.</returns>
    public async Task<WorkflowUpdateHandle> StartUpdateAsync(string update, IReadOnlyCollection<object?> args, WorkflowUpdateStartOptions options) =>
        await StartUpdateAsync<ValueTuple>(update, args, options).ConfigureAwait(false);

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>A handle of it, once it has come to the stage that the options name.</returns>
    public virtual Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateStartOptions options) =>
        Client.OutboundInterceptor.StartWorkflowUpdateAsync<TUpdateResult>(new(Id, RunId, FirstExecutionRunId, update, args, options, null));

    /// <summary>Gives a handle of an update.</summary>
    /// <param name="id">Id of the update.</param>
    /// <returns>The handle; whether there is such an update is not checked.</returns>
    public WorkflowUpdateHandle GetUpdateHandle(string id) => new(Client, id, Id, RunId);

    /// <summary>Gives a handle of an update.</summary>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="id">Id of the update.</param>
    /// <returns>The handle; whether there is such an update is not checked.</returns>
    public WorkflowUpdateHandle<TUpdateResult> GetUpdateHandle<TUpdateResult>(string id) => new(Client, id, Id, RunId);
}
