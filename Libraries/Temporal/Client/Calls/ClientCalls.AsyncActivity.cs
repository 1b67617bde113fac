using Google.Protobuf;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client.Calls;

/// <content>Activities that are completed from outside.</content>
internal sealed partial class ClientCalls
{
    public override async Task HeartbeatAsyncActivityAsync(HeartbeatAsyncActivityInput input)
    {
        var details = await Converter(input.DataConverterOverride).ToArgumentsAsync(input.Options?.Details ?? []).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        var canceled = input.Activity switch
        {
            AsyncActivityHandle.IdReference id => (await Service.RecordActivityTaskHeartbeatByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? "",
                    ActivityId = id.ActivityId,
                    Details = details,
                },
                rpc).ConfigureAwait(false)).CancelRequested,
            _ => (await Service.RecordActivityTaskHeartbeatAsync(
                new() { Namespace = Namespace, Identity = Identity, TaskToken = Token(input.Activity), Details = details },
                rpc).ConfigureAwait(false)).CancelRequested,
        };
        if (canceled)
        {
            throw new AsyncActivityCanceledException();
        }
    }

    public override async Task CompleteAsyncActivityAsync(CompleteAsyncActivityInput input)
    {
        var result = await Converter(input.DataConverterOverride).ToArgumentsAsync([input.Result]).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        await (input.Activity switch
        {
            AsyncActivityHandle.IdReference id => (Task)Service.RespondActivityTaskCompletedByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? "",
                    ActivityId = id.ActivityId,
                    Result = result,
                },
                rpc),
            _ => Service.RespondActivityTaskCompletedAsync(
                new() { Namespace = Namespace, Identity = Identity, TaskToken = Token(input.Activity), Result = result }, rpc),
        }).ConfigureAwait(false);
    }

    public override async Task FailAsyncActivityAsync(FailAsyncActivityInput input)
    {
        var converter = Converter(input.DataConverterOverride);
        var failure = await converter.ToFailureAsync(input.Exception).ConfigureAwait(false);
        var details = await converter.ToArgumentsAsync(input.Options?.LastHeartbeatDetails ?? []).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        await (input.Activity switch
        {
            AsyncActivityHandle.IdReference id => (Task)Service.RespondActivityTaskFailedByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? "",
                    ActivityId = id.ActivityId,
                    Failure = failure,
                    LastHeartbeatDetails = details,
                },
                rpc),
            _ => Service.RespondActivityTaskFailedAsync(
                new() { Namespace = Namespace, Identity = Identity, TaskToken = Token(input.Activity), Failure = failure, LastHeartbeatDetails = details },
                rpc),
        }).ConfigureAwait(false);
    }

    public override async Task ReportCancellationAsyncActivityAsync(ReportCancellationAsyncActivityInput input)
    {
        var details = await Converter(input.DataConverterOverride).ToArgumentsAsync(input.Options?.Details ?? []).ConfigureAwait(false);
        var rpc = Retrying(input.Options?.Rpc);
        await (input.Activity switch
        {
            AsyncActivityHandle.IdReference id => (Task)Service.RespondActivityTaskCanceledByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    Identity = Identity,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? "",
                    ActivityId = id.ActivityId,
                    Details = details,
                },
                rpc),
            _ => Service.RespondActivityTaskCanceledAsync(
                new() { Namespace = Namespace, Identity = Identity, TaskToken = Token(input.Activity), Details = details }, rpc),
        }).ConfigureAwait(false);
    }

    private static ByteString Token(AsyncActivityHandle.Reference activity) => activity is AsyncActivityHandle.TaskTokenReference token
        ? ByteString.CopyFrom(token.TaskToken)
        : throw new ArgumentException("Unrecognized activity reference type", nameof(activity));

    private DataConverter Converter(DataConverter? replacement) => replacement ?? client.Options.DataConverter;
}
