namespace Temporalio.Client.Interceptors;

/// <summary>Intercepts the calls of a client; every method goes on to the next interceptor unless it is overridden.</summary>
public abstract class ClientOutboundInterceptor
{
    private readonly ClientOutboundInterceptor? next;

    /// <summary>Creates an interceptor in front of another.</summary>
    /// <param name="next">The next interceptor.</param>
    protected ClientOutboundInterceptor(ClientOutboundInterceptor next) => this.next = next;

    private protected ClientOutboundInterceptor()
    {
    }

    /// <summary>The next interceptor.</summary>
    protected ClientOutboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");

    /// <summary>Starts a workflow.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">What is called with what.</param>
    /// <returns>A handle of it.</returns>
    public virtual Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input) =>
        Next.StartWorkflowAsync<TWorkflow, TResult>(input);

    /// <summary>Sends a signal.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when the server has recorded it.</returns>
    public virtual Task SignalWorkflowAsync(SignalWorkflowInput input) =>
        Next.SignalWorkflowAsync(input);

    /// <summary>Makes a query.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">What is called with what.</param>
    /// <returns>The result.</returns>
    public virtual Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) =>
        Next.QueryWorkflowAsync<TResult>(input);

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">What is called with what.</param>
    /// <returns>A handle of it.</returns>
    public virtual Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input) =>
        Next.StartWorkflowUpdateAsync<TResult>(input);

    /// <summary>Describes a workflow.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>The description.</returns>
    public virtual Task<WorkflowExecutionDescription> DescribeWorkflowAsync(DescribeWorkflowInput input) =>
        Next.DescribeWorkflowAsync(input);

    /// <summary>Asks a workflow to cancel.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when the server has recorded it.</returns>
    public virtual Task CancelWorkflowAsync(CancelWorkflowInput input) =>
        Next.CancelWorkflowAsync(input);

    /// <summary>Terminates a workflow.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when it is terminated.</returns>
    public virtual Task TerminateWorkflowAsync(TerminateWorkflowInput input) =>
        Next.TerminateWorkflowAsync(input);

    /// <summary>Fetches a page of a history.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>The page.</returns>
    public virtual Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(FetchWorkflowHistoryEventPageInput input) =>
        Next.FetchWorkflowHistoryEventPageAsync(input);

    /// <summary>Lists workflows.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>The workflows.</returns>
    public virtual IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(ListWorkflowsInput input) =>
        Next.ListWorkflowsAsync(input);

    /// <summary>Lists a page of workflows.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>The page.</returns>
    public virtual Task<WorkflowListPage> ListWorkflowsPaginatedAsync(ListWorkflowsPaginatedInput input) =>
        Next.ListWorkflowsPaginatedAsync(input);

    /// <summary>Counts workflows.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>The count.</returns>
    public virtual Task<WorkflowExecutionCount> CountWorkflowsAsync(CountWorkflowsInput input) =>
        Next.CountWorkflowsAsync(input);

    /// <summary>Records a heartbeat of an activity that is completed from outside.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when it is recorded.</returns>
    public virtual Task HeartbeatAsyncActivityAsync(HeartbeatAsyncActivityInput input) =>
        Next.HeartbeatAsyncActivityAsync(input);

    /// <summary>Completes an activity from outside.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when it is recorded.</returns>
    public virtual Task CompleteAsyncActivityAsync(CompleteAsyncActivityInput input) =>
        Next.CompleteAsyncActivityAsync(input);

    /// <summary>Fails an activity from outside.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when it is recorded.</returns>
    public virtual Task FailAsyncActivityAsync(FailAsyncActivityInput input) =>
        Next.FailAsyncActivityAsync(input);

    /// <summary>Reports an activity as cancelled from outside.</summary>
    /// <param name="input">What is called with what.</param>
    /// <returns>Completes when it is recorded.</returns>
    public virtual Task ReportCancellationAsyncActivityAsync(ReportCancellationAsyncActivityInput input) =>
        Next.ReportCancellationAsyncActivityAsync(input);
}
