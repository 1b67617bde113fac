using Google.Protobuf;
using Google.Rpc;

namespace Temporalio.Exceptions;

/// <summary>The server, or the way to it, refused a call.</summary>
public class RpcException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">gRPC status.</param>
    /// <param name="message">The server's message.</param>
    /// <param name="rawStatus">Serialized <c>google.rpc.Status</c>, null when the server sent none.</param>
    public RpcException(StatusCode code, string message, byte[]? rawStatus)
        : base(message)
    {
        Code = code;
        RawStatus = rawStatus;
    }

    /// <summary>Status codes of gRPC (https://grpc.io/docs/guides/status-codes).</summary>
    public enum StatusCode
    {
        /// <summary>Success.</summary>
        OK = 0,

        /// <summary>The caller gave up.</summary>
        Cancelled = 1,

        /// <summary>No more precise code is known.</summary>
        Unknown = 2,

        /// <summary>The request is wrong, whatever the server's state.</summary>
        InvalidArgument = 3,

        /// <summary>The time given ran out.</summary>
        DeadlineExceeded = 4,

        /// <summary>What was asked for does not exist.</summary>
        NotFound = 5,

        /// <summary>What was to be created exists.</summary>
        AlreadyExists = 6,

        /// <summary>The caller may not do this.</summary>
        PermissionDenied = 7,

        /// <summary>The caller is not known.</summary>
        Unauthenticated = 16,

        /// <summary>A quota or a limit was reached.</summary>
        ResourceExhausted = 8,

        /// <summary>The server's state does not allow the call.</summary>
        FailedPrecondition = 9,

        /// <summary>A conflict with another call.</summary>
        Aborted = 10,

        /// <summary>Past the valid range.</summary>
        OutOfRange = 11,

        /// <summary>The server does not offer this call.</summary>
        Unimplemented = 12,

        /// <summary>An invariant of the server broke.</summary>
        Internal = 13,

        /// <summary>The server cannot be reached now.</summary>
        Unavailable = 14,

        /// <summary>Data was lost.</summary>
        DataLoss = 15,
    }

    /// <summary>gRPC status.</summary>
    public StatusCode Code { get; }

    /// <summary>Serialized <c>google.rpc.Status</c>, null when the server sent none.</summary>
    public byte[]? RawStatus { get; }

    /// <summary>Finds a detail of the status.</summary>
    /// <returns>The detail, null when the server sent none of this type.</returns>
    internal T? FindDetail<T>()
        where T : class, IMessage<T>, new() =>
        RawStatus == null
            ? null
            : Status.Parser.ParseFrom(RawStatus).Details.Select(detail => detail.TryUnpack<T>(out var found) ? found : null).FirstOrDefault(found => found != null);
}
