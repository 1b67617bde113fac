using System.Linq.Expressions;
using Temporalio.Client.Calls;
using Temporalio.Client.Interceptors;
using Temporalio.Expressions;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>A client of a namespace, on a connection that several clients and workers may share.</summary>
public class TemporalClient : ITemporalClient
{
    /// <summary>Creates a client on a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">Options of the client.</param>
    public TemporalClient(ITemporalConnection connection, TemporalClientOptions options)
    {
        Connection = connection;
        Options = (TemporalClientOptions)options.Clone();
        OutboundInterceptor = (Options.Interceptors ?? []).Reverse().Aggregate(
            (ClientOutboundInterceptor)new ClientCalls(this), (next, interceptor) => interceptor.InterceptClient(next));
    }

    /// <inheritdoc />
    public ITemporalConnection Connection { get; }

    /// <inheritdoc />
    public WorkflowService WorkflowService => Connection.WorkflowService;

    /// <inheritdoc />
    public OperatorService OperatorService => Connection.OperatorService;

    /// <inheritdoc />
    public TemporalClientOptions Options { get; }

    /// <inheritdoc />
    public ClientOutboundInterceptor OutboundInterceptor { get; }

    /// <summary>Options of a call that is retried.</summary>
    protected internal static RpcOptions RetryRpcOptions { get; } = new() { Retry = true };

    /// <summary>Connects to a server.</summary>
    /// <param name="options">Options of connection and client.</param>
    /// <returns>The client, once the server has answered.</returns>
    /// <exception cref="InvalidOperationException">The server cannot be reached.</exception>
    public static async Task<TemporalClient> ConnectAsync(TemporalClientConnectOptions options) =>
        new(await TemporalConnection.ConnectAsync(options).ConfigureAwait(false), options.ToClientOptions());

    /// <summary>Creates a client that connects on first use.</summary>
    /// <param name="options">Options of connection and client.</param>
    /// <returns>The client.</returns>
    public static TemporalClient CreateLazy(TemporalClientConnectOptions options) =>
        new(TemporalConnection.CreateLazy(options), options.ToClientOptions());

    /// <inheritdoc />
    public Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionCall.Read(workflowRunCall);
        return OutboundInterceptor.StartWorkflowAsync<TWorkflow, TResult>(
            new(WorkflowDefinition.NameFromRunMethodForCall(method), args, options, null));
    }

    /// <inheritdoc />
    public async Task<WorkflowHandle<TWorkflow>> StartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionCall.Read(workflowRunCall);
        return await OutboundInterceptor.StartWorkflowAsync<TWorkflow, ValueTuple>(
            new(WorkflowDefinition.NameFromRunMethodForCall(method), args, options, null)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<WorkflowHandle> StartWorkflowAsync(string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options) =>
        await OutboundInterceptor.StartWorkflowAsync<ValueTuple, ValueTuple>(new(workflow, args, options, null)).ConfigureAwait(false);

    /// <inheritdoc />
    public WorkflowHandle GetWorkflowHandle(string id, string? runId = null, string? firstExecutionRunId = null) =>
        new(this, id, runId, runId, firstExecutionRunId);

    /// <inheritdoc />
    public WorkflowHandle<TWorkflow> GetWorkflowHandle<TWorkflow>(string id, string? runId = null, string? firstExecutionRunId = null) =>
        new(this, id, runId, runId, firstExecutionRunId);

    /// <inheritdoc />
    public WorkflowHandle<TWorkflow, TResult> GetWorkflowHandle<TWorkflow, TResult>(string id, string? runId = null, string? firstExecutionRunId = null) =>
        new(this, id, runId, runId, firstExecutionRunId);

    /// <inheritdoc />
    public AsyncActivityHandle GetAsyncActivityHandle(byte[] taskToken) => new(this, new AsyncActivityHandle.TaskTokenReference(taskToken));

    /// <inheritdoc />
    public AsyncActivityHandle GetAsyncActivityHandle(string workflowId, string? runId, string activityId) =>
        new(this, new AsyncActivityHandle.IdReference(workflowId, runId, activityId));

    /// <inheritdoc />
    public IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(string query, WorkflowListOptions? options = null) =>
        OutboundInterceptor.ListWorkflowsAsync(new(query, options));

    /// <inheritdoc />
    public Task<WorkflowListPage> ListWorkflowsPaginatedAsync(string query, byte[]? nextPageToken, WorkflowListPaginatedOptions? options = null) =>
        OutboundInterceptor.ListWorkflowsPaginatedAsync(new(query, nextPageToken, options));

    /// <inheritdoc />
    public Task<WorkflowExecutionCount> CountWorkflowsAsync(string query, WorkflowCountOptions? options = null) =>
        OutboundInterceptor.CountWorkflowsAsync(new(query, options));

    /// <summary>Options under which a call is retried unless they say otherwise.</summary>
    /// <param name="origOptions">The caller's options.</param>
    /// <returns>The options.</returns>
    protected internal static RpcOptions DefaultRetryOptions(RpcOptions? origOptions)
    {
        if (origOptions is null or { Retry: not null })
        {
            return origOptions ?? RetryRpcOptions;
        }
        var options = (RpcOptions)origOptions.Clone();
        options.Retry = true;
        return options;
    }
}
