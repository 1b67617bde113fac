using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A payload as the server has it, which the codec has not decoded yet.</summary>
public interface IEncodedRawValue
{
    /// <summary>The payload.</summary>
    Payload Payload { get; }

    /// <summary>Decodes and converts it.</summary>
    /// <typeparam name="T">Type of the value wanted.</typeparam>
    /// <returns>The value.</returns>
    Task<T> ToValueAsync<T>();

    /// <summary>Decodes and converts it.</summary>
    /// <param name="type">Type of the value wanted.</param>
    /// <returns>The value.</returns>
    Task<object?> ToValueAsync(Type type);
}
