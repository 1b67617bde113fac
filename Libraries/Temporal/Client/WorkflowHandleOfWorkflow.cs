using System.Linq.Expressions;

namespace Temporalio.Client;

/// <summary>A workflow whose type is known.</summary>
/// <typeparam name="TWorkflow">The workflow's type.</typeparam>
/// <param name="Client">The client.</param>
/// <param name="Id">The workflow's id.</param>
/// <param name="RunId">The run that calls go to, null for the current one.</param>
/// <param name="ResultRunId">The run whose result is waited for, null for the current one.</param>
/// <param name="FirstExecutionRunId">First run of the chain that cancellation and termination insist on.</param>
public record WorkflowHandle<TWorkflow>(
    ITemporalClient Client, string Id, string? RunId = null, string? ResultRunId = null, string? FirstExecutionRunId = null)
    : WorkflowHandle(Client, Id, RunId, ResultRunId, FirstExecutionRunId)
{
    /// <summary>Sends a signal.</summary>
    /// <param name="signalCall">Call of the signal's method.</param>
    /// <param name="options">Options of the signal.</param>
    /// <returns>Completes when the server has recorded it.</returns>
    public Task SignalAsync(Expression<Func<TWorkflow, Task>> signalCall, WorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);

    /// <summary>Makes a query.</summary>
    /// <typeparam name="TQueryResult">The result's type.</typeparam>
    /// <param name="queryCall">Call of the query's method, or access to its property.</param>
    /// <param name="options">Options of the query.</param>
    /// <returns>The result.</returns>
    public Task<TQueryResult> QueryAsync<TQueryResult>(
        Expression<Func<TWorkflow, TQueryResult>> queryCall, WorkflowQueryOptions? options = null) =>
        QueryAsync<TWorkflow, TQueryResult>(queryCall, options);

    /// <summary>Makes an update and waits for it to end.</summary>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>Completes when it succeeded.</returns>
    public Task ExecuteUpdateAsync(Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateOptions? options = null) =>
        ExecuteUpdateAsync<TWorkflow>(updateCall, options);

    /// <summary>Makes an update and waits for its result.</summary>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>The result.</returns>
    public Task<TUpdateResult> ExecuteUpdateAsync<TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateOptions? options = null) =>
        ExecuteUpdateAsync<TWorkflow, TUpdateResult>(updateCall, options);

    /// <summary>Starts an update.</summary>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>A handle of it, once it has come to the stage that the options name.</returns>
    public Task<WorkflowUpdateHandle> StartUpdateAsync(Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateStartOptions options) =>
        StartUpdateAsync<TWorkflow>(updateCall, options);

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TUpdateResult">The result's type.</typeparam>
    /// <param name="updateCall">Call of the update's method.</param>
    /// <param name="options">Options of the update.</param>
    /// <returns>A handle of it, once it has come to the stage that the options name.</returns>
    public Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateStartOptions options) =>
        StartUpdateAsync<TWorkflow, TUpdateResult>(updateCall, options);
}
