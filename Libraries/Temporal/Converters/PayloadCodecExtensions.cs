using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

/// <summary>Codecs on single payloads and on failures.</summary>
public static class PayloadCodecExtensions
{
    private delegate Task<IReadOnlyCollection<Payload>> Transform(IReadOnlyCollection<Payload> payloads);

    /// <summary>Encodes one payload.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The encoded payload.</returns>
    public static async Task<Payload> EncodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        (await codec.EncodeAsync([payload]).ConfigureAwait(false)).Single();

    /// <summary>Decodes one payload.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The decoded payload.</returns>
    public static async Task<Payload> DecodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        (await codec.DecodeAsync([payload]).ConfigureAwait(false)).Single();

    /// <summary>Encodes a failure's details and those of its causes, in place.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="failure">The failure.</param>
    /// <returns>Completes when it is done.</returns>
    public static Task EncodeFailureAsync(this IPayloadCodec codec, Failure failure) => ApplyAsync(failure, codec.EncodeAsync);

    /// <summary>Decodes a failure's details and those of its causes, in place.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="failure">The failure.</param>
    /// <returns>Completes when it is done.</returns>
    public static Task DecodeFailureAsync(this IPayloadCodec codec, Failure failure) => ApplyAsync(failure, codec.DecodeAsync);

    private static async Task ApplyAsync(Failure failure, Transform transform)
    {
        for (var current = failure; current != null; current = current.Cause)
        {
            if (current.EncodedAttributes != null)
            {
                current.EncodedAttributes = (await transform([current.EncodedAttributes]).ConfigureAwait(false)).Single();
            }
            var details = current.FailureInfoCase switch
            {
                Failure.FailureInfoOneofCase.ApplicationFailureInfo => current.ApplicationFailureInfo.Details,
                Failure.FailureInfoOneofCase.TimeoutFailureInfo => current.TimeoutFailureInfo.LastHeartbeatDetails,
                Failure.FailureInfoOneofCase.CanceledFailureInfo => current.CanceledFailureInfo.Details,
                Failure.FailureInfoOneofCase.ResetWorkflowFailureInfo => current.ResetWorkflowFailureInfo.LastHeartbeatDetails,
                _ => null,
            };
            if (details is { Payloads_.Count: > 0 })
            {
                var transformed = (await transform(details.Payloads_).ConfigureAwait(false)).ToArray();
                details.Payloads_.Clear();
                details.Payloads_.Add(transformed);
            }
        }
    }
}
