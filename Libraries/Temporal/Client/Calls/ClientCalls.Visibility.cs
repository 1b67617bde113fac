using System.Runtime.CompilerServices;
using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;

namespace Temporalio.Client.Calls;

/// <content>Lists, counts and histories.</content>
internal sealed partial class ClientCalls
{
    public override async Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(FetchWorkflowHistoryEventPageInput input)
    {
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Namespace,
            Execution = Execution(input.Id, input.RunId),
            MaximumPageSize = input.PageSize ?? 0,
            NextPageToken = ToToken(input.NextPageToken),
            WaitNewEvent = input.WaitNewEvent,
            HistoryEventFilterType = input.EventFilterType,
            SkipArchival = input.SkipArchival,
        };
        while (true)
        {
            var response = await Service.GetWorkflowExecutionHistoryAsync(request, Retrying(input.Rpc)).ConfigureAwait(false);
            var events = response.History?.Events;

            // A long poll ends empty, with a token to go on with, when the server has waited long enough.
            if (events is { Count: > 0 } || (response.NextPageToken.IsEmpty && !(events == null && input.WaitNewEvent)))
            {
                return new([.. events ?? []], FromToken(response.NextPageToken));
            }
            request.NextPageToken = response.NextPageToken;
        }
    }

    public override IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(ListWorkflowsInput input) => ListAsync(input);

    public override async Task<WorkflowListPage> ListWorkflowsPaginatedAsync(ListWorkflowsPaginatedInput input)
    {
        var request = new ListWorkflowExecutionsRequest
        {
            Namespace = Namespace,
            PageSize = input.Options?.PageSize ?? 0,
            Query = input.Query,
            NextPageToken = ToToken(input.NextPageToken),
        };
        var response = await Service.ListWorkflowExecutionsAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        return new(
            [.. response.Executions.Select(info => new WorkflowExecution(info, client.Options.DataConverter, Namespace))],
            FromToken(response.NextPageToken));
    }

    public override async Task<WorkflowExecutionCount> CountWorkflowsAsync(CountWorkflowsInput input)
    {
        var request = new CountWorkflowExecutionsRequest { Namespace = Namespace, Query = input.Query };
        return new(await Service.CountWorkflowExecutionsAsync(request, Retrying(input.Options?.Rpc)).ConfigureAwait(false));
    }

    private static ByteString ToToken(byte[]? token) => token == null ? ByteString.Empty : ByteString.CopyFrom(token);

    private static byte[]? FromToken(ByteString token) => token.IsEmpty ? null : token.ToByteArray();

    private async IAsyncEnumerable<WorkflowExecution> ListAsync(
        ListWorkflowsInput input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var limit = input.Options?.Limit ?? 0;
        ArgumentOutOfRangeException.ThrowIfNegative(limit, nameof(input));
        var (rpc, linked) = Retrying(input.Options?.Rpc).WithAdditionalCancellationToken(cancellationToken);
        using (linked)
        {
            var listed = 0;
            byte[]? token = null;
            do
            {
                var page = await client.ListWorkflowsPaginatedAsync(input.Query, token, new() { Rpc = rpc }).ConfigureAwait(false);
                foreach (var workflow in page.Workflows)
                {
                    yield return workflow;
                    if (++listed == limit)
                    {
                        yield break;
                    }
                }
                token = page.NextPageToken;
            }
            while (token != null);
        }
    }
}
