using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Null as a payload without data.</summary>
public class BinaryNullConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/null");

    /// <inheritdoc />
    public string Encoding => "binary/null";

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value == null ? PayloadEncoding.Create(EncodingBytes, ByteString.Empty) : null;
        return payload != null;
    }

    /// <inheritdoc />
    public object? ToValue(Payload payload, Type type)
    {
        if (!payload.Data.IsEmpty)
        {
            throw new ArgumentException("Expected empty data for binary/null", nameof(payload));
        }
        if (type.IsValueType && Nullable.GetUnderlyingType(type) == null)
        {
            throw new ArgumentException($"Payload is null, but {type} is not nullable", nameof(type));
        }
        return null;
    }
}
