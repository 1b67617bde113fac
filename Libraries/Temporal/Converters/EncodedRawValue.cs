using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A payload with the converter that reads it.</summary>
public record EncodedRawValue : IEncodedRawValue
{
    private readonly DataConverter converter;

    /// <summary>Creates the value.</summary>
    /// <param name="converter">Converter that reads the payload.</param>
    /// <param name="payload">The payload.</param>
    internal EncodedRawValue(DataConverter converter, Payload payload)
    {
        this.converter = converter;
        Payload = payload;
    }

    /// <inheritdoc />
    public Payload Payload { get; init; }

    /// <inheritdoc />
    public Task<T> ToValueAsync<T>() => converter.ToValueAsync<T>(Payload);

    /// <inheritdoc />
    public Task<object?> ToValueAsync(Type type) => converter.ToValueAsync(Payload, type);
}
