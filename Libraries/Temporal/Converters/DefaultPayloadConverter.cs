using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Offers a value to each encoding in turn, and reads a payload by the encoding that its metadata names.</summary>
public class DefaultPayloadConverter : IPayloadConverter, IWithSerializationContext<IPayloadConverter>
{
    private readonly IEncodingConverter[] converters;

    /// <summary>Creates the converter with the standard encodings: null, bytes, protobuf as JSON, protobuf, JSON.</summary>
    public DefaultPayloadConverter()
        : this(new JsonSerializerOptions())
    {
    }

    /// <summary>Creates the converter with the standard encodings and its own JSON settings.</summary>
    /// <param name="jsonSerializerOptions">How JSON is written and read.</param>
    public DefaultPayloadConverter(JsonSerializerOptions jsonSerializerOptions)
        : this(
            new BinaryNullConverter(),
            new BinaryPlainConverter(),
            new JsonProtoConverter(),
            new BinaryProtoConverter(),
            new JsonPlainConverter(jsonSerializerOptions))
    {
    }

    /// <summary>Creates the converter with its own encodings.</summary>
    /// <param name="encodingConverters">The encodings, in the order in which a value is offered to them.</param>
    public DefaultPayloadConverter(params IEncodingConverter[] encodingConverters)
    {
        converters = [.. encodingConverters];
        EncodingConverters = Array.AsReadOnly(converters);
        IndexedEncodingConverters = converters.ToDictionary(converter => ByteString.CopyFromUtf8(converter.Encoding));
    }

    /// <summary>The encodings, in the order in which a value is offered to them.</summary>
    public IReadOnlyCollection<IEncodingConverter> EncodingConverters { get; private init; }

    /// <summary>The encodings by their names.</summary>
    protected IReadOnlyDictionary<ByteString, IEncodingConverter> IndexedEncodingConverters { get; private init; }

    /// <inheritdoc />
    public Payload ToPayload(object? value)
    {
        switch (value)
        {
            case IEncodedRawValue:
                throw new InvalidOperationException("Cannot convert IEncodedRawValue");
            case IRawValue raw:
                return raw.Payload;
        }
        foreach (var converter in converters)
        {
            if (converter.TryToPayload(value, out var payload))
            {
                return payload!;
            }
        }
        throw new ArgumentException($"Value of type {value?.GetType().ToString() ?? "<null>"} has no known converter", nameof(value));
    }

    /// <inheritdoc />
    public object? ToValue(Payload payload, Type type)
    {
        if (type == typeof(IRawValue) || type == typeof(RawValue))
        {
            return new RawValue(payload);
        }
        if (!payload.Metadata.TryGetValue(PayloadEncoding.EncodingKey, out var encoding))
        {
            throw new ArgumentException("Payload has no encoding", nameof(payload));
        }
        return IndexedEncodingConverters.TryGetValue(encoding, out var converter)
            ? converter.ToValue(payload, type)
            : throw new ArgumentException($"Unknown payload encoding {encoding.ToStringUtf8()}", nameof(payload));
    }

    /// <inheritdoc />
    public virtual IPayloadConverter WithSerializationContext(ISerializationContext context) =>
        converters.Any(converter => converter is IWithSerializationContext<IEncodingConverter>)
            ? new DefaultPayloadConverter(
                [.. converters.Select(converter => converter is IWithSerializationContext<IEncodingConverter> adaptable
                    ? adaptable.WithSerializationContext(context)
                    : converter)])
            : this;
}
