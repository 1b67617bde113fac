using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Protobuf messages as JSON.</summary>
public class JsonProtoConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("json/protobuf");

    /// <summary>Creates the converter with protobuf's default JSON settings.</summary>
    public JsonProtoConverter()
        : this(JsonFormatter.Default, JsonParser.Default)
    {
    }

    /// <summary>Creates the converter.</summary>
    /// <param name="formatter">Writes JSON.</param>
    /// <param name="parser">Reads JSON.</param>
    public JsonProtoConverter(JsonFormatter formatter, JsonParser parser)
    {
        Formatter = formatter;
        Parser = parser;
    }

    /// <inheritdoc />
    public string Encoding => "json/protobuf";

    /// <summary>Writes JSON.</summary>
    protected JsonFormatter Formatter { get; private init; }

    /// <summary>Reads JSON.</summary>
    protected JsonParser Parser { get; private init; }

    /// <inheritdoc />
    public bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is IMessage message
            ? PayloadEncoding.CreateMessage(EncodingBytes, ByteString.CopyFromUtf8(Formatter.Format(message)), message)
            : null;
        return payload != null;
    }

    /// <inheritdoc />
    public object? ToValue(Payload payload, Type type) =>
        Parser.Parse(payload.Data.ToStringUtf8(), PayloadEncoding.MessageOf(payload, type));
}
