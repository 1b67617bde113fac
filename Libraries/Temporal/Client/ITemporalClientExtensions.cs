using System.Linq.Expressions;

namespace Temporalio.Client;

/// <summary>Calls made of several others.</summary>
public static class ITemporalClientExtensions
{
    /// <summary>Starts a workflow and waits for its result.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="workflowRunCall">Call of the workflow's run method.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>The result.</returns>
    public static async Task<TResult> ExecuteWorkflowAsync<TWorkflow, TResult>(
        this ITemporalClient client, Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflowRunCall, options).ConfigureAwait(false);
        return await handle.GetResultAsync(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a workflow and waits for it to end.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="workflowRunCall">Call of the workflow's run method.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>Completes when it succeeded.</returns>
    public static async Task ExecuteWorkflowAsync<TWorkflow>(
        this ITemporalClient client, Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflowRunCall, options).ConfigureAwait(false);
        await handle.GetResultAsync(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a workflow and waits for it to end.</summary>
    /// <param name="client">The client.</param>
    /// <param name="workflow">The workflow's type.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>Completes when it succeeded.</returns>
    public static async Task ExecuteWorkflowAsync(
        this ITemporalClient client, string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflow, args, options).ConfigureAwait(false);
        await handle.GetResultAsync(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a workflow and waits for its result.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="workflow">The workflow's type.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options of the start.</param>
    /// <returns>The result.</returns>
    public static async Task<TResult> ExecuteWorkflowAsync<TResult>(
        this ITemporalClient client, string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflow, args, options).ConfigureAwait(false);
        return await handle.GetResultAsync<TResult>(rpcOptions: options.Rpc).ConfigureAwait(false);
    }
}
