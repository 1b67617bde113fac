using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Byte arrays as they are.</summary>
public class BinaryPlainConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/plain");

    /// <inheritdoc />
    public string Encoding => "binary/plain";

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is byte[] bytes ? PayloadEncoding.Create(EncodingBytes, ByteString.CopyFrom(bytes)) : null;
        return payload != null;
    }

    /// <inheritdoc />
    public object? ToValue(Payload payload, Type type) => type == typeof(byte[])
        ? payload.Data.ToByteArray()
        : throw new ArgumentException($"Payload is byte array, but type is {type}", nameof(type));
}
