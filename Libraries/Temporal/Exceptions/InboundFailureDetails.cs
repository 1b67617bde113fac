using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>Details as received, converted when they are read.</summary>
/// <param name="Converter">Converter that reads them.</param>
/// <param name="Payloads">The values, null for none.</param>
public record InboundFailureDetails(IPayloadConverter Converter, IReadOnlyCollection<Payload>? Payloads) : IFailureDetails
{
    /// <inheritdoc />
    public int Count => Payloads?.Count ?? 0;

    /// <inheritdoc />
    public T ElementAt<T>(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Converter.ToValue<T>(Payloads!.ElementAt(index));
    }
}
