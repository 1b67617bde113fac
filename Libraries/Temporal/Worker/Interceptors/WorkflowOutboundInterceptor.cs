using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>What a workflow asks for. Each member passes on to the next interceptor unless overridden.</summary>
public abstract class WorkflowOutboundInterceptor
{
    private readonly WorkflowOutboundInterceptor? next;

    /// <summary>Puts itself before the next interceptor.</summary>
    protected WorkflowOutboundInterceptor(WorkflowOutboundInterceptor next) => this.next = next;

    private protected WorkflowOutboundInterceptor()
    {
    }

    /// <summary>The next interceptor.</summary>
    protected WorkflowOutboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");

    /// <summary>Cancels another workflow.</summary>
    public virtual Task CancelExternalWorkflowAsync(
        CancelExternalWorkflowInput input) =>
        Next.CancelExternalWorkflowAsync(input);

    /// <summary>Makes the exception that continues as new.</summary>
    public virtual ContinueAsNewException CreateContinueAsNewException(
        CreateContinueAsNewExceptionInput input) =>
        Next.CreateContinueAsNewException(input);

    /// <summary>Starts a timer and waits for it.</summary>
    public virtual Task DelayAsync(DelayAsyncInput input) => Next.DelayAsync(input);

    /// <summary>Schedules an activity and waits for it.</summary>
    public virtual Task<TResult> ScheduleActivityAsync<TResult>(
        ScheduleActivityInput input) =>
        Next.ScheduleActivityAsync<TResult>(input);

    /// <summary>Signals a child workflow.</summary>
    public virtual Task SignalChildWorkflowAsync(
        SignalChildWorkflowInput input) =>
        Next.SignalChildWorkflowAsync(input);

    /// <summary>Signals another workflow.</summary>
    public virtual Task SignalExternalWorkflowAsync(
        SignalExternalWorkflowInput input) =>
        Next.SignalExternalWorkflowAsync(input);

    /// <summary>Starts a child workflow and waits for its start.</summary>
    public virtual Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        StartChildWorkflowInput input) =>
        Next.StartChildWorkflowAsync<TWorkflow, TResult>(input);
}
