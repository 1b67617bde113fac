using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Names of payload metadata, and what the two protobuf encodings share.</summary>
internal static class PayloadEncoding
{
    public const string EncodingKey = "encoding";

    private const string MessageTypeKey = "messageType";

    public static Payload Create(ByteString encoding, ByteString data)
    {
        var payload = new Payload { Data = data };
        payload.Metadata.Add(EncodingKey, encoding);
        return payload;
    }

    public static Payload CreateMessage(ByteString encoding, ByteString data, IMessage message)
    {
        var payload = Create(encoding, data);
        payload.Metadata.Add(MessageTypeKey, ByteString.CopyFromUtf8(message.Descriptor.FullName));
        return payload;
    }

    /// <summary>Checks that a payload holds a message of the wanted type.</summary>
    public static MessageDescriptor MessageOf(Payload payload, Type type)
    {
        if (!typeof(IMessage).IsAssignableFrom(type) || Activator.CreateInstance(type) is not IMessage prototype)
        {
            throw new ArgumentException($"Payload is protobuf message, but type is {type}", nameof(type));
        }
        if (!payload.Metadata.TryGetValue(MessageTypeKey, out var name))
        {
            throw new ArgumentException("Payload missing message type", nameof(payload));
        }
        if (name.ToStringUtf8() is var actual && actual != prototype.Descriptor.FullName)
        {
            throw new ArgumentException(
                $"Payload has protobuf message type {actual} but given type's message type is {prototype.Descriptor.FullName}", nameof(payload));
        }
        return prototype.Descriptor;
    }
}
