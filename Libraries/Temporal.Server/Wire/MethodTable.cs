using System.Buffers;
using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>
/// The methods that this server implements, checked against the published service descriptors when they are added. What is not in the
/// table answers UNIMPLEMENTED.
/// </summary>
internal sealed class MethodTable
{
    private static readonly FrozenDictionary<string, ServiceDescriptor> Services = new[]
    {
        Temporalio.Api.WorkflowService.V1.TemporalApiWorkflowserviceV1Reflection.Descriptor,
        Temporalio.Api.OperatorService.V1.TemporalApiOperatorserviceV1Reflection.Descriptor,
        Temporalio.Api.TestService.V1.TemporalApiTestserviceV1Reflection.Descriptor,
        Grpc.Health.V1.GrpcHealthV1Reflection.Descriptor,
    }.SelectMany(file => file.Services).ToFrozenDictionary(service => service.FullName);

    private readonly Dictionary<string, Method> methods = [];

    public const string WorkflowService = "temporal.api.workflowservice.v1.WorkflowService";
    public const string OperatorService = "temporal.api.operatorservice.v1.OperatorService";
    public const string TestService = "temporal.api.testservice.v1.TestService";
    public const string HealthService = "grpc.health.v1.Health";

    /// <summary>Adds a method whose reply is one message.</summary>
    public void Map<TRequest, TReply>(string service, string name, Func<TRequest, RpcCall, Task<TReply>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TReply : class, IMessage<TReply> =>
        MapRaw<TRequest>(service, name, async (request, call) => new RpcReply(await handler(request, call).ConfigureAwait(false)));

    /// <summary>Adds a method that may append serialised fields to its reply.</summary>
    public void MapRaw<TRequest>(string service, string name, Func<TRequest, RpcCall, Task<RpcReply>> handler)
        where TRequest : class, IMessage<TRequest>, new()
    {
        var descriptor = Services[service].FindMethodByName(name)
            ?? throw new InvalidOperationException($"{service} has no method {name}.");
        if (descriptor.InputType.ClrType != typeof(TRequest))
        {
            throw new InvalidOperationException($"{service}/{name} takes {descriptor.InputType.FullName}.");
        }

        methods.Add($"/{service}/{name}", new Method(descriptor.InputType.Parser, (request, call) => handler((TRequest)request, call)));
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
        return Services.ContainsKey(service)
            ? new RpcException(StatusCode.Unimplemented, $"unknown method {path[(slash + 1)..]} for service {service}")
            : new RpcException(StatusCode.Unimplemented, $"unknown service {service}");
    }

    /// <summary>One method: how to read its request, and what answers it.</summary>
    internal sealed record Method(MessageParser Parser, Func<IMessage, RpcCall, Task<RpcReply>> Handler)
    {
        public IMessage Parse(ReadOnlySequence<byte> body) => Parser.ParseFrom(body);
    }
}
