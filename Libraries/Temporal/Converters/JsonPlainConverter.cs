using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Any value as JSON, by System.Text.Json.</summary>
public class JsonPlainConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("json/plain");

    /// <summary>Creates the converter.</summary>
    /// <param name="serializerOptions">How JSON is written and read.</param>
    public JsonPlainConverter(JsonSerializerOptions serializerOptions) => SerializerOptions = serializerOptions;

    /// <inheritdoc />
    public virtual string Encoding => "json/plain";

    /// <summary>How JSON is written and read.</summary>
    protected JsonSerializerOptions SerializerOptions { get; private init; }

    /// <inheritdoc />
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        // The array is ours alone, so the payload may keep it without a copy.
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(object), SerializerOptions);
        payload = PayloadEncoding.Create(EncodingBytes, UnsafeByteOperations.UnsafeWrap(json));
        return true;
    }

    /// <inheritdoc />
    public virtual object? ToValue(Payload payload, Type type) =>
        JsonSerializer.Deserialize(payload.Data.Span, type, SerializerOptions);
}
