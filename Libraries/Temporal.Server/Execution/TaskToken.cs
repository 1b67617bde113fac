using System.Buffers.Binary;
using Google.Protobuf;
using ImageLibrary.Temporal.Server.Wire;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>What a worker shows when it reports on a task. A token fits one attempt only.</summary>
/// <param name="RunKey">The run.</param>
/// <param name="ScheduledEventId">The task's scheduled event.</param>
/// <param name="StartedEventId">The task's started event; 0 for activities.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="StartedTicks">When the attempt started, as UTC ticks.</param>
internal readonly record struct TaskToken(long RunKey, long ScheduledEventId, long StartedEventId, int Attempt, long StartedTicks)
{
    private const int Length = 36;

    public ByteString ToByteString()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, RunKey);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), ScheduledEventId);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), StartedEventId);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), Attempt);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(28), StartedTicks);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    /// <summary>Reads a token.</summary>
    /// <exception cref="RpcException">It is not one of this server's (INVALID_ARGUMENT).</exception>
    public static TaskToken Parse(ByteString token)
    {
        var bytes = token.Span;
        if (bytes.IsEmpty)
        {
            throw RpcException.InvalidArgument("Task token not set on request.");
        }

        return bytes.Length == Length
            ? new TaskToken(
                BinaryPrimitives.ReadInt64BigEndian(bytes),
                BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[16..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[24..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[28..]))
            : throw RpcException.InvalidArgument("Error deserializing task token.");
    }
}
