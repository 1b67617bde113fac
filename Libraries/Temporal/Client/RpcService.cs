using Google.Protobuf;

namespace Temporalio.Client;

/// <summary>A gRPC service of the server.</summary>
public abstract class RpcService
{
    /// <summary>Full name of the service, as in the call's path.</summary>
    internal abstract string FullName { get; }

    /// <summary>Makes a call.</summary>
    /// <typeparam name="T">Type of the response.</typeparam>
    /// <param name="rpc">Name of the method.</param>
    /// <param name="req">The request.</param>
    /// <param name="resp">Reads the response.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    protected abstract Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null)
        where T : IMessage<T>;
}
