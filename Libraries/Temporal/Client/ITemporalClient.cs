using System.Linq.Expressions;
using Temporalio.Client.Interceptors;
using Temporalio.Worker;

namespace Temporalio.Client;

/// <summary>A client of a namespace.</summary>
public interface ITemporalClient : IWorkerClient
{
    /// <summary>The connection.</summary>
    ITemporalConnection Connection { get; }

    /// <summary>The raw calls of the main service.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>The raw calls for operators.</summary>
    OperatorService OperatorService { get; }

    /// <summary>The first of the interceptors, or the client's own implementation of the calls.</summary>
    ClientOutboundInterceptor OutboundInterceptor { get; }

    /// <summary>Starts a workflow.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="workflowRunCall">Call of the workflow's run method.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>A handle of it.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options);

    /// <summary>Starts a workflow.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="workflowRunCall">Call of the workflow's run method.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>A handle of it.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    Task<WorkflowHandle<TWorkflow>> StartWorkflowAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options);

    /// <summary>Starts a workflow.</summary>
    /// <param name="workflow">The workflow's type.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>A handle of it.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    Task<WorkflowHandle> StartWorkflowAsync(string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options);

    /// <summary>Gives a handle of a workflow.</summary>
    /// <param name="id">The workflow's id.</param>
    /// <param name="runId">The run that calls go to, null for the current one.</param>
    /// <param name="firstExecutionRunId">First run of the chain that cancellation and termination insist on.</param>
    /// <returns>The handle; whether there is such a workflow is not checked.</returns>
    WorkflowHandle GetWorkflowHandle(string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Gives a handle of a workflow.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="id">The workflow's id.</param>
    /// <param name="runId">The run that calls go to, null for the current one.</param>
    /// <param name="firstExecutionRunId">First run of the chain that cancellation and termination insist on.</param>
    /// <returns>The handle; whether there is such a workflow is not checked.</returns>
    WorkflowHandle<TWorkflow> GetWorkflowHandle<TWorkflow>(string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Gives a handle of a workflow.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="id">The workflow's id.</param>
    /// <param name="runId">The run that calls go to, null for the current one.</param>
    /// <param name="firstExecutionRunId">First run of the chain that cancellation and termination insist on.</param>
    /// <returns>The handle; whether there is such a workflow is not checked.</returns>
    WorkflowHandle<TWorkflow, TResult> GetWorkflowHandle<TWorkflow, TResult>(string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Gives a handle of an activity that is completed from outside.</summary>
    /// <param name="taskToken">The activity's token.</param>
    /// <returns>The handle.</returns>
    AsyncActivityHandle GetAsyncActivityHandle(byte[] taskToken);

    /// <summary>Gives a handle of an activity that is completed from outside.</summary>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="runId">Its run, null for the current one.</param>
    /// <param name="activityId">The activity's id in it.</param>
    /// <returns>The handle.</returns>
    AsyncActivityHandle GetAsyncActivityHandle(string workflowId, string? runId, string activityId);

    /// <summary>Lists workflows, page by page as they are read.</summary>
    /// <param name="query">Which workflows (https://docs.temporal.io/list-filter); empty for all.</param>
    /// <param name="options">Options of the list.</param>
    /// <returns>The workflows.</returns>
    IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(string query, WorkflowListOptions? options = null);

    /// <summary>Lists a page of workflows.</summary>
    /// <param name="query">Which workflows (https://docs.temporal.io/list-filter); empty for all.</param>
    /// <param name="nextPageToken">Token of the page, null for the first.</param>
    /// <param name="options">Options of the page.</param>
    /// <returns>The page.</returns>
    Task<WorkflowListPage> ListWorkflowsPaginatedAsync(string query, byte[]? nextPageToken, WorkflowListPaginatedOptions? options = null);

    /// <summary>Counts workflows.</summary>
    /// <param name="query">Which workflows (https://docs.temporal.io/list-filter); empty for all.</param>
    /// <param name="options">Options of the count.</param>
    /// <returns>The count.</returns>
    Task<WorkflowExecutionCount> CountWorkflowsAsync(string query, WorkflowCountOptions? options = null);
}
