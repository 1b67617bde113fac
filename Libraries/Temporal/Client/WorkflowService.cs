using Google.Protobuf;

namespace Temporalio.Client;

/// <summary>The raw calls of Temporal's main service.</summary>
public abstract partial class WorkflowService : RpcService
{
    /// <inheritdoc />
    internal override string FullName => "temporal.api.workflowservice.v1.WorkflowService";

    /// <summary>The calls over a connection.</summary>
    /// <param name="connection">The connection.</param>
    internal sealed class Core(TemporalConnection connection) : WorkflowService
    {
        /// <inheritdoc />
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            connection.InvokeRpcAsync(this, rpc, req, resp, options);
    }
}
