using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Protobuf messages in their binary form.</summary>
public class BinaryProtoConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/protobuf");

    /// <inheritdoc />
    public string Encoding => "binary/protobuf";

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is IMessage message ? PayloadEncoding.CreateMessage(EncodingBytes, message.ToByteString(), message) : null;
        return payload != null;
    }

    /// <inheritdoc />
    public object? ToValue(Payload payload, Type type) =>
        PayloadEncoding.MessageOf(payload, type).Parser.ParseFrom(payload.Data);
}
