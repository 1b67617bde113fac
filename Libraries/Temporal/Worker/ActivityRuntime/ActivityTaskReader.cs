using Google.Protobuf.WellKnownTypes;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.ActivityRuntime;

/// <summary>Reads a task as the server sends it.</summary>
internal static class ActivityTaskReader
{
    public static ActivityInfo ReadInfo(PollActivityTaskQueueResponse task, WorkerContext worker)
    {
        var workflowId = NullIfEmpty(task.WorkflowExecution?.WorkflowId);
        var name = NullIfEmpty(task.WorkflowNamespace) ?? worker.Namespace;
        var type = NullIfEmpty(task.WorkflowType?.Name);
        var converter = worker.DataConverter.WithSerializationContext(new ISerializationContext.Activity(
            name, task.ActivityId, workflowId, type, task.ActivityType.Name, worker.TaskQueue, false));
        return new(
            ActivityId: task.ActivityId,
            ActivityType: task.ActivityType.Name,
            Attempt: task.Attempt,
            CurrentAttemptScheduledTime: Time(task.CurrentAttemptScheduledTime),
            DataConverter: converter,
            HeartbeatDetails: task.HeartbeatDetails?.Payloads_ ?? (IReadOnlyCollection<Payload>)[],
            HeartbeatTimeout: Span(task.HeartbeatTimeout),
            IsLocal: false,
            Namespace: name,
            Priority: Common.Priority.FromProto(task.Priority),
            RetryPolicy: task.RetryPolicy == null ? null : Common.RetryPolicy.FromProto(task.RetryPolicy),
            ScheduleToCloseTimeout: Span(task.ScheduleToCloseTimeout),
            ScheduledTime: Time(task.ScheduledTime),
            StartToCloseTimeout: Span(task.StartToCloseTimeout),
            StartedTime: Time(task.StartedTime),
            TaskQueue: worker.TaskQueue,
            TaskToken: task.TaskToken.ToByteArray(),
            WorkflowId: workflowId,
            WorkflowNamespace: workflowId == null ? null : name,
            WorkflowRunId: workflowId == null ? null : task.WorkflowExecution!.RunId,
            WorkflowType: workflowId == null ? null : type);
    }

    /// <summary>Converts the arguments to the parameters' types; surplus ones are left out.</summary>
    public static async Task<ExecuteActivityInput> ReadInputAsync(
        PollActivityTaskQueueResponse task, ActivityDefinition definition, DataConverter converter)
    {
        var headers = new Dictionary<string, Payload>();
        object?[] arguments;
        try
        {
            var payloads = await converter.DecodeAsync(task.Input?.Payloads_ ?? (IReadOnlyCollection<Payload>)[]).ConfigureAwait(false);
            if (payloads.Count < definition.RequiredParameterCount && !definition.Dynamic)
            {
                throw new ApplicationFailureException(
                    $"Activity {task.ActivityType.Name} given {payloads.Count} parameter(s), but more than that are required by the signature");
            }
            arguments = definition.Dynamic
                ? [payloads.Select(payload => (IRawValue)new RawValue(payload)).ToArray()]
                : [.. payloads.Zip(definition.ParameterTypes, converter.PayloadConverter.ToValue)];
            foreach (var (name, value) in task.Header?.Fields ?? [])
            {
                headers[name] = converter.PayloadCodec is { } codec ? await codec.DecodeSingleAsync(value).ConfigureAwait(false) : value;
            }
        }
        catch (Exception e)
        {
            throw new ApplicationFailureException("Failed decoding parameters", e);
        }
        return new(definition, arguments, headers);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static DateTime Time(Timestamp? timestamp) => timestamp?.ToDateTime() ?? DateTime.MinValue;

    // The server sends zero for a timeout that is not set.
    private static TimeSpan? Span(Duration? duration) => duration?.ToTimeSpan() is { } span && span > TimeSpan.Zero ? span : null;
}
