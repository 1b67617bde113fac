using System.Collections.Concurrent;

namespace Temporalio.Grpc;

/// <summary>A method with what is known about its calls.</summary>
/// <param name="Path">Path of the request.</param>
/// <param name="Timeout">Time for an attempt when the caller names none.</param>
internal sealed record GrpcMethod(string Path, TimeSpan Timeout)
{
    private static readonly TimeSpan OrdinaryTimeout = TimeSpan.FromSeconds(30);

    // The server answers a long poll after a minute at the latest.
    private static readonly TimeSpan LongPollTimeout = TimeSpan.FromSeconds(70);

    private static readonly HashSet<string> LongPolls =
    [
        "PollWorkflowTaskQueue", "PollActivityTaskQueue", "PollNexusTaskQueue", "GetWorkflowExecutionHistory",
        "UpdateWorkflowExecution", "PollWorkflowExecutionUpdate", "ExecuteMultiOperation",
    ];

    private static readonly ConcurrentDictionary<(string Service, string Name), GrpcMethod> Methods = new();

    public static GrpcMethod Get(string service, string name) => Methods.GetOrAdd(
        (service, name),
        static key => new($"/{key.Service}/{key.Name}", LongPolls.Contains(key.Name) ? LongPollTimeout : OrdinaryTimeout));
}
