using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>What a run was started with.</summary>
/// <param name="Info">Facts for the workflow.</param>
/// <param name="Arguments">Arguments of the run method, if any.</param>
/// <param name="Memo">Memo.</param>
/// <param name="SearchAttributes">Search attributes.</param>
/// <param name="RetryPolicy">Retry policy as the server gave it, to hand on when continuing as new.</param>
internal sealed record WorkflowStart(
    WorkflowInfo Info,
    Payloads? Arguments,
    IReadOnlyDictionary<string, Payload> Memo,
    SearchAttributeCollection SearchAttributes,
    Api.Common.V1.RetryPolicy? RetryPolicy)
{
    /// <summary>Reads the first event of a run.</summary>
    public static WorkflowStart Read(
        WorkflowMachines machines, WorkflowRuntimeOptions options, string workflowId, string runId, DataConverter converter)
    {
        var started = machines.Started
            ?? throw new InvalidOperationException($"The history of run {runId} does not begin with its start");
        var attributes = started.WorkflowExecutionStartedEventAttributes;
        var info = new WorkflowInfo(
            Attempt: attributes.Attempt,
            ContinuedRunId: NullIfEmpty(attributes.ContinuedExecutionRunId),
            CronSchedule: NullIfEmpty(attributes.CronSchedule),
            ExecutionTimeout: NullIfZero(attributes.WorkflowExecutionTimeout),
            FirstExecutionRunId: attributes.FirstExecutionRunId,
            Headers: attributes.Header?.Fields ?? new MapField<string, Payload>(),
            LastFailure: attributes.ContinuedFailure is { } failure
                ? converter.FailureConverter.ToException(failure, converter.PayloadConverter)
                : null,
            LastResult: attributes.LastCompletionResult?.Payloads_.Select(payload => new RawValue(payload)).ToArray(),
            Namespace: options.Namespace,
            OriginalExecutionRunId: attributes.OriginalExecutionRunId,
            Parent: attributes.ParentWorkflowExecution is { } parent
                ? new(attributes.ParentWorkflowNamespace, parent.RunId, parent.WorkflowId)
                : null,
            Priority: Common.Priority.FromProto(attributes.Priority),
            RetryPolicy: attributes.RetryPolicy is { } policy ? Common.RetryPolicy.FromProto(policy) : null,
            Root: attributes.RootWorkflowExecution is { WorkflowId.Length: > 0 } root ? new(root.RunId, root.WorkflowId) : null,
            RunId: runId,
            RunTimeout: NullIfZero(attributes.WorkflowRunTimeout),
            StartTime: machines.FirstTaskTime == default ? started.EventTime.ToDateTime() : machines.FirstTaskTime,
            TaskQueue: options.TaskQueue,
            TaskTimeout: attributes.WorkflowTaskTimeout?.ToTimeSpan() ?? TimeSpan.FromSeconds(10),
            WorkflowId: attributes.WorkflowId.Length > 0 ? attributes.WorkflowId : workflowId,
            WorkflowStartTime: started.EventTime.ToDateTime(),
            WorkflowType: attributes.WorkflowType.Name);
        return new(
            info,
            attributes.Input,
            attributes.Memo?.Fields ?? new MapField<string, Payload>(),
            attributes.SearchAttributes is { } search
                ? SearchAttributeCollection.FromProto(search)
                : SearchAttributeCollection.Empty,
            attributes.RetryPolicy);
    }

    private static string? NullIfEmpty(string value) => value.Length > 0 ? value : null;

    private static TimeSpan? NullIfZero(Google.Protobuf.WellKnownTypes.Duration? value) =>
        value is { } duration && duration.ToTimeSpan() is { Ticks: > 0 } span ? span : null;
}
