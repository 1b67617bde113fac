using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Converts values to payloads and back. Runs on workflow threads too, so it must be deterministic, quick and free of I/O.
/// </summary>
public interface IPayloadConverter
{
    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="ArgumentException">The value cannot be converted.</exception>
    Payload ToPayload(object? value);

    /// <summary>Converts a payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="type">Type of the value wanted.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The payload is not of that type or has an unknown encoding.</exception>
    object? ToValue(Payload payload, Type type);
}
