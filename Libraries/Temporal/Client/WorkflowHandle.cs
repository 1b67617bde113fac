using System.Linq.Expressions;
using Temporalio.Converters;
using Temporalio.Expressions;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>A workflow of which little is known but its id.</summary>
/// <param name="Client">The client.</param>
/// <param name="Id">The workflow's id.</param>
/// <param name="RunId">The run that calls go to, null for the current one.</param>
/// <param name="ResultRunId">The run whose result is waited for, null for the current one.</param>
/// <param name="FirstExecutionRunId">First run of the chain that cancellation and termination insist on.</param>
public partial record WorkflowHandle(
    ITemporalClient Client, string Id, string? RunId = null, string? ResultRunId = null, string? FirstExecutionRunId = null)
{
    /// <summary>Converter of this workflow's values.</summary>
    internal DataConverter DataConverter => Client.Options.DataConverter.WithSerializationContext(
        new ISerializationContext.Workflow(Client.Options.Namespace, Id));

    /// <summary>Sends a signal.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="signalCall">Call of the signal's method.</param>
    /// <param name="options">Options of the signal.</param>
    /// <returns>Completes when the server has recorded it.</returns>
    public Task SignalAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall, WorkflowSignalOptions? options = null)
    {
        var (method, args) = ExpressionCall.Read(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Name of the signal.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the signal.</param>
    /// <returns>Completes when the server has recorded it.</returns>
    public virtual Task SignalAsync(string signal, IReadOnlyCollection<object?> args, WorkflowSignalOptions? options = null) =>
        Client.OutboundInterceptor.SignalWorkflowAsync(new(Id, RunId, signal, args, options, null));

    /// <summary>Makes a query.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TQueryResult">The result's type.</typeparam>
    /// <param name="queryCall">Call of the query's method, or access to its property.</param>
    /// <param name="options">Options of the query.</param>
    /// <returns>The result.</returns>
    public Task<TQueryResult> QueryAsync<TWorkflow, TQueryResult>(
        Expression<Func<TWorkflow, TQueryResult>> queryCall, WorkflowQueryOptions? options = null)
    {
        if (ExpressionCall.ReadProperty(queryCall) is { } property)
        {
            return QueryAsync<TQueryResult>(WorkflowQueryDefinition.NameFromPropertyForCall(property), [], options);
        }
        var (method, args) = ExpressionCall.Read(queryCall);
        return QueryAsync<TQueryResult>(WorkflowQueryDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Makes a query.</summary>
    /// <typeparam name="TQueryResult">The result's type.</typeparam>
    /// <param name="query">Name of the query.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the query.</param>
    /// <returns>The result.</returns>
    public virtual Task<TQueryResult> QueryAsync<TQueryResult>(
        string query, IReadOnlyCollection<object?> args, WorkflowQueryOptions? options = null) =>
        Client.OutboundInterceptor.QueryWorkflowAsync<TQueryResult>(new(Id, RunId, query, args, options, null));

    /// <summary>Describes the workflow.</summary>
    /// <param name="options">Options of the description.</param>
    /// <returns>The description.</returns>
    public virtual Task<WorkflowExecutionDescription> DescribeAsync(WorkflowDescribeOptions? options = null) =>
        Client.OutboundInterceptor.DescribeWorkflowAsync(new(Id, RunId, options));

    /// <summary>Asks the workflow to cancel.</summary>
    /// <param name="options">Options of the cancellation.</param>
    /// <returns>Completes when the server has recorded it.</returns>
    public virtual Task CancelAsync(WorkflowCancelOptions? options = null) =>
        Client.OutboundInterceptor.CancelWorkflowAsync(new(Id, RunId, FirstExecutionRunId, options));

    /// <summary>Terminates the workflow.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="options">Options of the termination.</param>
    /// <returns>Completes when it is terminated.</returns>
    public virtual Task TerminateAsync(string? reason = null, WorkflowTerminateOptions? options = null) =>
        Client.OutboundInterceptor.TerminateWorkflowAsync(new(Id, RunId, FirstExecutionRunId, reason, options));
}
