using Google.Protobuf;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>
/// A reply and, behind it, fields that are serialised already. In protocol buffers the order of fields is free, so stored histories go
/// out as they are, without being parsed and written again.
/// </summary>
/// <param name="Message">The reply.</param>
/// <param name="Tail">Further fields of the reply, as bytes of the wire format.</param>
internal readonly record struct RpcReply(IMessage Message, IReadOnlyList<ReadOnlyMemory<byte>>? Tail = null)
{
    public int TailLength => Tail?.Sum(part => part.Length) ?? 0;
}
