using System.Buffers;
using Google.Protobuf;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>
/// The methods that this server implements; what is not in the table answers UNIMPLEMENTED. A test checks the table against
/// the published service descriptors: to load them here would take a good part of the time that a start takes.
/// </summary>
internal sealed class MethodTable
{
    private readonly Dictionary<string, Method> methods = [];

    public const string WorkflowService = "temporal.api.workflowservice.v1.WorkflowService";
    public const string OperatorService = "temporal.api.operatorservice.v1.OperatorService";
    public const string TestService = "temporal.api.testservice.v1.TestService";
    public const string HealthService = "grpc.health.v1.Health";

    /// <summary>HTTP path of each method and the message that it takes.</summary>
    public IEnumerable<(string Path, Type Request)> Requests => methods.Select(method => (method.Key, method.Value.Request));

    /// <summary>Adds a method whose reply is one message.</summary>
    public void Map<TRequest, TReply>(string service, string name, Func<TRequest, RpcCall, Task<TReply>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TReply : class, IMessage<TReply> =>
        MapRaw<TRequest>(service, name, async (request, call) => new RpcReply(await handler(request, call).ConfigureAwait(false)));

    /// <summary>Adds a method that may append serialised fields to its reply.</summary>
    public void MapRaw<TRequest>(string service, string name, Func<TRequest, RpcCall, Task<RpcReply>> handler)
        where TRequest : class, IMessage<TRequest>, new()
    {
        methods.Add($"/{service}/{name}", new Method(typeof(TRequest), Parser<TRequest>.Instance, (request, call) => handler((TRequest)request, call)));
    }

    /// <summary>Finds the method behind an HTTP path, <c>/package.Service/Method</c>.</summary>
    public bool TryFind(string path, out Method method) => methods.TryGetValue(path, out method!);

    /// <summary>Calls a method from inside the server.</summary>
    public async Task<TReply> CallAsync<TReply>(string service, string name, IMessage request)
        where TReply : class, IMessage<TReply>
    {
        var reply = await methods[$"/{service}/{name}"].Handler(request, RpcCall.Internal).ConfigureAwait(false);
        return (TReply)reply.Message;
    }

    /// <summary>The refusal of a method that is not in the table, in the words of the official server, which clients look for.</summary>
    public static RpcException Unknown(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash <= 0 || path[0] != '/')
        {
            return new RpcException(StatusCode.Unimplemented, $"malformed method name: \"{path}\"");
        }

        var service = path[1..slash];
        return service is WorkflowService or OperatorService or TestService or HealthService
            ? new RpcException(StatusCode.Unimplemented, $"unknown method {path[(slash + 1)..]} for service {service}")
            : new RpcException(StatusCode.Unimplemented, $"unknown service {service}");
    }

    /// <summary>One method: what it takes, how to read that, and what answers it.</summary>
    internal sealed record Method(Type Request, MessageParser Parser, Func<IMessage, RpcCall, Task<RpcReply>> Handler)
    {
        public IMessage Parse(ReadOnlySequence<byte> body) => Parser.ParseFrom(body);
    }

    private static class Parser<TRequest>
        where TRequest : class, IMessage<TRequest>, new()
    {
        internal static readonly MessageParser<TRequest> Instance = new(() => new TRequest());
    }
}
