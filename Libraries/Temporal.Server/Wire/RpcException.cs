using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>A call's refusal: status, message for the client, and the typed details from which clients make their exceptions.</summary>
internal sealed class RpcException : Exception
{
    public RpcException(StatusCode code, string message, IMessage? detail = null)
        : base(message)
    {
        Code = code;
        Detail = detail;
    }

    public StatusCode Code { get; }

    public IMessage? Detail { get; }

    public static RpcException InvalidArgument(string message) => new(StatusCode.InvalidArgument, message);

    public static RpcException NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    public static RpcException NamespaceNotFound(string name) =>
        new(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    public static RpcException FailedPrecondition(string message) => new(StatusCode.FailedPrecondition, message);

    public static RpcException WorkflowNotReady(string message) =>
        new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static RpcException PermissionDenied(string message) =>
        new(StatusCode.PermissionDenied, message, new PermissionDeniedFailure { Reason = message });

    public static RpcException ResourceExhausted(string message, ResourceExhaustedCause cause = ResourceExhaustedCause.SystemOverloaded) =>
        new(StatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause, Scope = ResourceExhaustedScope.Namespace });

    public static RpcException Unavailable(string message) => new(StatusCode.Unavailable, message);

    public static RpcException AlreadyStarted(string message, string startRequestId, string runId, string firstRunId) =>
        new(StatusCode.AlreadyExists, message, new WorkflowExecutionAlreadyStartedFailure
        {
            StartRequestId = startRequestId,
            RunId = runId,
            FirstExecutionRunId = firstRunId,
        });

    /// <summary>The value of <c>grpc-status-details-bin</c> before base64, or null without details.</summary>
    public byte[]? StatusDetails()
    {
        if (Detail is null)
        {
            return null;
        }

        var status = new Google.Rpc.Status { Code = (int)Code, Message = Message };
        status.Details.Add(Any.Pack(Detail));
        return status.ToByteArray();
    }
}
