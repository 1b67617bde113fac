using Google.Protobuf;

namespace Temporalio.Client;

/// <summary>The raw calls of Temporal's service for operators.</summary>
public abstract partial class OperatorService : RpcService
{
    /// <inheritdoc />
    internal override string FullName => "temporal.api.operatorservice.v1.OperatorService";

    /// <summary>The calls over a connection.</summary>
    /// <param name="connection">The connection.</param>
    internal sealed class Core(TemporalConnection connection) : OperatorService
    {
        /// <inheritdoc />
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            connection.InvokeRpcAsync(this, rpc, req, resp, options);
    }
}
