using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client.Calls;

/// <content>Calls to a workflow.</content>
internal sealed partial class ClientCalls
{
    public override async Task SignalWorkflowAsync(SignalWorkflowInput input)
    {
        var converter = Converter(input.Id);
        var request = new SignalWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowExecution = Execution(input.Id, input.RunId),
            SignalName = input.Signal,
            Input = await converter.ToArgumentsAsync(input.Args).ConfigureAwait(false),
            Header = await EncodeAsync(converter, input.Headers).ConfigureAwait(false),
            Identity = Identity,
            // One id for all attempts of this call, so that a retry does not send a second signal.
            RequestId = Guid.NewGuid().ToString(),
        };
        await Service.SignalWorkflowExecutionAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
    }

    public override async Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input)
    {
        var converter = Converter(input.Id);
        var request = new QueryWorkflowRequest
        {
            Namespace = Namespace,
            Execution = Execution(input.Id, input.RunId),
            Query = new()
            {
                QueryType = input.Query,
                QueryArgs = await converter.ToArgumentsAsync(input.Args).ConfigureAwait(false),
                Header = await EncodeAsync(converter, input.Headers).ConfigureAwait(false),
            },
            QueryRejectCondition = input.Options?.RejectCondition ?? client.Options.QueryRejectCondition ?? default,
        };
        try
        {
            var response = await Service.QueryWorkflowAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
            return response.QueryRejected == null
                ? await converter.ToResultAsync<TResult>(response.QueryResult).ConfigureAwait(false)
                : throw new WorkflowQueryRejectedException(response.QueryRejected.Status);
        }
        catch (RpcException e) when (e.FindDetail<QueryFailedFailure>() != null)
        {
            throw new WorkflowQueryFailedException(e.Message);
        }
    }

    public override async Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input)
    {
        var stage = input.Options.WaitForStage;
        if (stage is WorkflowUpdateStage.None or WorkflowUpdateStage.Admitted)
        {
            throw new ArgumentException(
                stage == WorkflowUpdateStage.None
                    ? "WaitForStage is required to start workflow update"
                    : "Admitted is not an allowed wait stage to start workflow update",
                nameof(input));
        }
        var request = await UpdateRequestAsync(input).ConfigureAwait(false);
        UpdateWorkflowExecutionResponse response;
        do
        {
            try
            {
                // The server answers with a lower stage when it has waited long enough; the update's id makes the next call the same one.
                response = await Service.UpdateWorkflowExecutionAsync(request, Retrying(input.Options.Rpc)).ConfigureAwait(false);
            }
            catch (Exception e) when (WorkflowUpdateHandle.IsGivenUp(e))
            {
                throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
            }
        }
        while ((WorkflowUpdateStage)response.Stage < WorkflowUpdateStage.Accepted);
        var handle = new WorkflowUpdateHandle<TResult>(
            client, request.Request.Meta.UpdateId, input.Id, response.UpdateRef?.WorkflowExecution?.RunId ?? input.RunId)
        {
            KnownOutcome = response.Outcome,
        };
        if (stage == WorkflowUpdateStage.Completed)
        {
            await handle.WaitForOutcomeAsync(input.Options.Rpc).ConfigureAwait(false);
        }
        return handle;
    }

    public override async Task<WorkflowExecutionDescription> DescribeWorkflowAsync(DescribeWorkflowInput input)
    {
        var request = new DescribeWorkflowExecutionRequest { Namespace = Namespace, Execution = Execution(input.Id, input.RunId) };
        var response = await Service.DescribeWorkflowExecutionAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        return new(response, Converter(input.Id));
    }

    public override Task CancelWorkflowAsync(CancelWorkflowInput input) => Service.RequestCancelWorkflowExecutionAsync(
        new()
        {
            Namespace = Namespace,
            WorkflowExecution = Execution(input.Id, input.RunId),
            FirstExecutionRunId = input.FirstExecutionRunId ?? "",
            Identity = Identity,
            RequestId = Guid.NewGuid().ToString(),
        },
        Retrying(input.Options?.Rpc));

    public override async Task TerminateWorkflowAsync(TerminateWorkflowInput input)
    {
        var request = new TerminateWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowExecution = Execution(input.Id, input.RunId),
            FirstExecutionRunId = input.FirstExecutionRunId ?? "",
            Reason = input.Reason ?? "",
            Identity = Identity,
            Details = await Converter(input.Id).ToArgumentsAsync(input.Options?.Details ?? []).ConfigureAwait(false),
        };
        await Service.TerminateWorkflowExecutionAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
    }

    private async Task<UpdateWorkflowExecutionRequest> UpdateRequestAsync(StartWorkflowUpdateInput input)
    {
        var converter = Converter(input.Id);
        return new()
        {
            Namespace = Namespace,
            WorkflowExecution = Execution(input.Id, input.RunId),
            FirstExecutionRunId = input.FirstExecutionRunId ?? "",
            WaitPolicy = new() { LifecycleStage = (Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage)input.Options.WaitForStage },
            Request = new()
            {
                Meta = new() { UpdateId = input.Options.Id ?? Guid.NewGuid().ToString(), Identity = Identity },
                Input = new()
                {
                    Name = input.Update,
                    Args = await converter.ToArgumentsAsync(input.Args).ConfigureAwait(false),
                    Header = await EncodeAsync(converter, input.Headers).ConfigureAwait(false),
                },
            },
        };
    }
}
