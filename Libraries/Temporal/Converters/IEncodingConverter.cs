using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Converts the values of one payload encoding.</summary>
public interface IEncodingConverter
{
    /// <summary>The encoding's name, as in the payload's metadata.</summary>
    string Encoding { get; }

    /// <summary>Converts a value when this encoding is meant for it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="payload">The payload, null when the value is not for this encoding.</param>
    /// <returns>True when it was converted.</returns>
    bool TryToPayload(object? value, out Payload? payload);

    /// <summary>Converts a payload of this encoding.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="type">Type of the value wanted.</param>
    /// <returns>The value.</returns>
    object? ToValue(Payload payload, Type type);
}
