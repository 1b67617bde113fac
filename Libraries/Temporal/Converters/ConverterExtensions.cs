using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Converters;

/// <summary>Conversions of whole argument lists, results and failures, with and without the codec.</summary>
public static class ConverterExtensions
{
    /// <summary>Converts and encodes values.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="values">The values.</param>
    /// <returns>A payload for each value.</returns>
    public static async Task<IReadOnlyCollection<Payload>> ToPayloadsAsync(this DataConverter converter, IReadOnlyCollection<object?> values)
    {
        var payloads = converter.PayloadConverter.ToPayloads(values);
        return converter.PayloadCodec is { } codec ? [.. await codec.EncodeAsync(payloads).ConfigureAwait(false)] : payloads;
    }

    /// <summary>Converts and encodes a value.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="value">The value.</param>
    /// <returns>The payload.</returns>
    public static async Task<Payload> ToPayloadAsync(this DataConverter converter, object? value)
    {
        var payload = converter.PayloadConverter.ToPayload(value);
        return converter.PayloadCodec is { } codec ? await codec.EncodeSingleAsync(payload).ConfigureAwait(false) : payload;
    }

    /// <summary>Decodes and converts a payload.</summary>
    /// <typeparam name="T">Type of the value wanted.</typeparam>
    /// <param name="converter">The converter.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The value.</returns>
    public static Task<T> ToValueAsync<T>(this DataConverter converter, Payload payload) => converter.ToSingleValueAsync<T>([payload]);

    /// <summary>Decodes and converts a payload.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="type">Type of the value wanted.</param>
    /// <returns>The value.</returns>
    public static Task<object?> ToValueAsync(this DataConverter converter, Payload payload, Type type) =>
        converter.ToSingleValueAsync([payload], type);

    /// <summary>Decodes and converts a list that must hold one payload.</summary>
    /// <typeparam name="T">Type of the value wanted.</typeparam>
    /// <param name="converter">The converter.</param>
    /// <param name="payloads">The payloads.</param>
    /// <returns>The value.</returns>
    public static async Task<T> ToSingleValueAsync<T>(this DataConverter converter, IReadOnlyCollection<Payload> payloads) =>
        (T)(await converter.ToSingleValueAsync(payloads, typeof(T)).ConfigureAwait(false))!;

    /// <summary>Decodes and converts a list that must hold one payload.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="payloads">The payloads.</param>
    /// <param name="type">Type of the value wanted.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">There is not exactly one payload.</exception>
    public static async Task<object?> ToSingleValueAsync(this DataConverter converter, IReadOnlyCollection<Payload> payloads, Type type)
    {
        payloads = await converter.DecodeAsync(payloads).ConfigureAwait(false);
        return payloads.Count == 1
            ? converter.PayloadConverter.ToValue(payloads.First(), type)
            : throw new ArgumentException($"Expected 1 payload, found {payloads.Count}", nameof(payloads));
    }

    /// <summary>Decodes and converts a failure.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="failure">The failure; its details are decoded in place.</param>
    /// <returns>The exception.</returns>
    public static async Task<Exception> ToExceptionAsync(this DataConverter converter, Failure failure)
    {
        if (converter.PayloadCodec is { } codec)
        {
            await codec.DecodeFailureAsync(failure).ConfigureAwait(false);
        }
        return converter.FailureConverter.ToException(failure, converter.PayloadConverter);
    }

    /// <summary>Converts and encodes an exception.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="exc">The exception.</param>
    /// <returns>The failure.</returns>
    public static async Task<Failure> ToFailureAsync(this DataConverter converter, Exception exc)
    {
        var failure = converter.FailureConverter.ToFailure(exc, converter.PayloadConverter);
        if (converter.PayloadCodec is { } codec)
        {
            await codec.EncodeFailureAsync(failure).ConfigureAwait(false);
        }
        return failure;
    }

    /// <summary>Converts values.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="values">The values.</param>
    /// <returns>A payload for each value.</returns>
    public static IReadOnlyCollection<Payload> ToPayloads(this IPayloadConverter converter, IReadOnlyCollection<object?> values)
    {
        var payloads = new Payload[values.Count];
        var index = 0;
        foreach (var value in values)
        {
            payloads[index++] = converter.ToPayload(value);
        }
        return payloads;
    }

    /// <summary>Converts a payload.</summary>
    /// <typeparam name="T">Type of the value wanted.</typeparam>
    /// <param name="converter">The converter.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The value.</returns>
    public static T ToValue<T>(this IPayloadConverter converter, Payload payload) => (T)converter.ToValue(payload, typeof(T))!;

    /// <summary>Converts a raw value.</summary>
    /// <typeparam name="T">Type of the value wanted.</typeparam>
    /// <param name="converter">The converter.</param>
    /// <param name="rawValue">The raw value.</param>
    /// <returns>The value.</returns>
    public static T ToValue<T>(this IPayloadConverter converter, IRawValue rawValue) => converter.ToValue<T>(rawValue.Payload);

    /// <summary>Converts a value to a raw value.</summary>
    /// <param name="converter">The converter.</param>
    /// <param name="value">The value.</param>
    /// <returns>The raw value.</returns>
    public static RawValue ToRawValue(this IPayloadConverter converter, object? value) => new(converter.ToPayload(value));

    /// <summary>Undoes the codec's work.</summary>
    internal static async ValueTask<IReadOnlyCollection<Payload>> DecodeAsync(this DataConverter converter, IReadOnlyCollection<Payload> payloads) =>
        converter.PayloadCodec is { } codec && payloads.Count > 0 ? await codec.DecodeAsync(payloads).ConfigureAwait(false) : payloads;

    /// <summary>Writes the texts that the Web UI shows beside a workflow, timer or activity.</summary>
    internal static async ValueTask<UserMetadata?> ToUserMetadataAsync(this DataConverter converter, string? summary, string? details) =>
        summary == null && details == null
            ? null
            : new()
            {
                Summary = summary == null ? null : await converter.ToPayloadAsync(summary).ConfigureAwait(false),
                Details = details == null ? null : await converter.ToPayloadAsync(details).ConfigureAwait(false),
            };

    /// <summary>Reads an operation's result: no payload or no wanted type gives the default value.</summary>
    internal static async ValueTask<TResult> ToResultAsync<TResult>(this DataConverter converter, Payloads? payloads)
    {
        // A result of this type means that the caller does not want one, whatever was sent.
        if (typeof(TResult) == typeof(ValueTuple))
        {
            return default!;
        }
        return payloads is { Payloads_.Count: > 0 }
            ? await converter.ToSingleValueAsync<TResult>(payloads.Payloads_).ConfigureAwait(false)
            : throw new InvalidOperationException("No result present");
    }

    /// <summary>Wraps an argument list; an empty list is sent as none.</summary>
    internal static async ValueTask<Payloads?> ToArgumentsAsync(this DataConverter converter, IReadOnlyCollection<object?> values) =>
        values.Count == 0 ? null : new() { Payloads_ = { await converter.ToPayloadsAsync(values).ConfigureAwait(false) } };
}
