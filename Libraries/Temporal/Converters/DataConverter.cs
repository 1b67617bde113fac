namespace Temporalio.Converters;

/// <summary>How values and exceptions cross the wire.</summary>
/// <param name="PayloadConverter">Converts values.</param>
/// <param name="FailureConverter">Converts exceptions.</param>
/// <param name="PayloadCodec">Transforms payloads on their way, null for none.</param>
public record DataConverter(IPayloadConverter PayloadConverter, IFailureConverter FailureConverter, IPayloadCodec? PayloadCodec = null)
    : IWithSerializationContext<DataConverter>
{
    /// <summary>The standard conversions without a codec.</summary>
    public static DataConverter Default { get; } = new(new DefaultPayloadConverter(), new DefaultFailureConverter());

    /// <inheritdoc />
    public virtual DataConverter WithSerializationContext(ISerializationContext context)
    {
        var payloads = PayloadConverter is IWithSerializationContext<IPayloadConverter> payloadAware
            ? payloadAware.WithSerializationContext(context)
            : PayloadConverter;
        var failures = FailureConverter is IWithSerializationContext<IFailureConverter> failureAware
            ? failureAware.WithSerializationContext(context)
            : FailureConverter;
        var codec = PayloadCodec is IWithSerializationContext<IPayloadCodec> codecAware
            ? codecAware.WithSerializationContext(context)
            : PayloadCodec;
        return ReferenceEquals(payloads, PayloadConverter) && ReferenceEquals(failures, FailureConverter) && ReferenceEquals(codec, PayloadCodec)
            ? this
            : new(payloads, failures, codec);
    }
}
