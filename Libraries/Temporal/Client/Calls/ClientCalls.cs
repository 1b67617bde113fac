using Temporalio.Api.Common.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Client.Calls;

/// <summary>What a client's calls do after all interceptors: the requests to the server.</summary>
/// <param name="client">The client.</param>
internal sealed partial class ClientCalls(ITemporalClient client) : ClientOutboundInterceptor
{
    private string Namespace => client.Options.Namespace;

    private string Identity => client.Connection.Options.Identity!;

    private WorkflowService Service => client.Connection.WorkflowService;

    private static RpcOptions Retrying(RpcOptions? options) => TemporalClient.DefaultRetryOptions(options);

    private static Api.Common.V1.WorkflowExecution Execution(string id, string? runId) => new() { WorkflowId = id, RunId = runId ?? "" };

    private static async ValueTask<Header?> EncodeAsync(DataConverter converter, IDictionary<string, Payload>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return null;
        }
        var header = new Header();
        foreach (var (name, value) in headers)
        {
            header.Fields.Add(name, converter.PayloadCodec is { } codec ? await codec.EncodeSingleAsync(value).ConfigureAwait(false) : value);
        }
        return header;
    }

    private DataConverter Converter(string workflowId) =>
        client.Options.DataConverter.WithSerializationContext(new ISerializationContext.Workflow(Namespace, workflowId));
}
