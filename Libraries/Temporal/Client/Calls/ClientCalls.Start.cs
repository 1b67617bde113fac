using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client.Calls;

/// <content>Starting workflows.</content>
internal sealed partial class ClientCalls
{
    public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
    {
        var options = input.Options;
        if (options.StartSignal == null && options.StartSignalArgs != null)
        {
            throw new ArgumentException("Cannot have start signal args without start signal", nameof(input));
        }
        var converter = Converter(options.Id ?? throw new ArgumentException("ID required to start workflow", nameof(input)));
        var request = await StartRequestAsync(input, converter).ConfigureAwait(false);
        try
        {
            if (options.StartSignal != null)
            {
                var signal = await SignalWithStartRequestAsync(request, options, converter).ConfigureAwait(false);
                var signaled = await Service.SignalWithStartWorkflowExecutionAsync(signal, Retrying(options.Rpc)).ConfigureAwait(false);
                return new(client, options.Id, ResultRunId: signaled.RunId);
            }
            var started = await Service.StartWorkflowExecutionAsync(request, Retrying(options.Rpc)).ConfigureAwait(false);
            return new(client, options.Id, ResultRunId: started.RunId, FirstExecutionRunId: started.RunId);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.AlreadyExists
            && e.FindDetail<WorkflowExecutionAlreadyStartedFailure>() is { } existing)
        {
            throw new WorkflowAlreadyStartedException(e.Message, options.Id, input.Workflow, existing.RunId);
        }
    }

    private static async Task<SignalWithStartWorkflowExecutionRequest> SignalWithStartRequestAsync(
        StartWorkflowExecutionRequest start, WorkflowOptions options, DataConverter converter) => new()
        {
            Namespace = start.Namespace,
            WorkflowId = start.WorkflowId,
            WorkflowType = start.WorkflowType,
            TaskQueue = start.TaskQueue,
            Input = start.Input,
            WorkflowExecutionTimeout = start.WorkflowExecutionTimeout,
            WorkflowRunTimeout = start.WorkflowRunTimeout,
            WorkflowTaskTimeout = start.WorkflowTaskTimeout,
            Identity = start.Identity,
            RequestId = start.RequestId,
            WorkflowIdReusePolicy = start.WorkflowIdReusePolicy,
            WorkflowIdConflictPolicy = start.WorkflowIdConflictPolicy,
            RetryPolicy = start.RetryPolicy,
            CronSchedule = start.CronSchedule,
            Memo = start.Memo,
            SearchAttributes = start.SearchAttributes,
            Header = start.Header,
            WorkflowStartDelay = start.WorkflowStartDelay,
            UserMetadata = start.UserMetadata,
            Priority = start.Priority,
            SignalName = options.StartSignal,
            SignalInput = await converter.ToArgumentsAsync(options.StartSignalArgs ?? []).ConfigureAwait(false),
        };

    private static Duration? ToDuration(TimeSpan? span) => span is { } value ? Duration.FromTimeSpan(value) : null;

    private static async ValueTask<Memo?> ToMemoAsync(IReadOnlyDictionary<string, object>? values, DataConverter converter)
    {
        if (values is not { Count: > 0 })
        {
            return null;
        }
        var memo = new Memo();
        foreach (var (name, value) in values)
        {
            memo.Fields.Add(name, await converter.ToPayloadAsync(value).ConfigureAwait(false));
        }
        return memo;
    }

    private async Task<StartWorkflowExecutionRequest> StartRequestAsync(StartWorkflowInput input, DataConverter converter)
    {
        var options = input.Options;
        return new()
        {
            Namespace = Namespace,
            WorkflowId = options.Id,
            WorkflowType = new() { Name = input.Workflow },
            TaskQueue = new() { Name = options.TaskQueue ?? throw new ArgumentException("Task queue required to start workflow", nameof(input)) },
            Input = await converter.ToArgumentsAsync(input.Args).ConfigureAwait(false),
            WorkflowExecutionTimeout = ToDuration(options.ExecutionTimeout),
            WorkflowRunTimeout = ToDuration(options.RunTimeout),
            WorkflowTaskTimeout = ToDuration(options.TaskTimeout),
            Identity = Identity,
            // One id for all attempts of this call, so that a retry does not start a second workflow.
            RequestId = Guid.NewGuid().ToString(),
            WorkflowIdReusePolicy = options.IdReusePolicy,
            WorkflowIdConflictPolicy = options.IdConflictPolicy,
            RetryPolicy = options.RetryPolicy?.ToProto(),
            CronSchedule = options.CronSchedule ?? "",
            Memo = await ToMemoAsync(options.Memo, converter).ConfigureAwait(false),
            SearchAttributes = options.TypedSearchAttributes is { Count: > 0 } attributes ? attributes.ToProto() : null,
            Header = await EncodeAsync(converter, input.Headers).ConfigureAwait(false),
            WorkflowStartDelay = ToDuration(options.StartDelay),
            UserMetadata = await converter.ToUserMetadataAsync(options.StaticSummary, options.StaticDetails).ConfigureAwait(false),
            Priority = options.Priority?.ToProto(),
        };
    }
}
