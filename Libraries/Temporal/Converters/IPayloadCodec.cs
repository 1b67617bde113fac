using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Transforms payloads on their way to and from the server, for example to encrypt them. May do I/O.</summary>
public interface IPayloadCodec
{
    /// <summary>Transforms payloads that go to the server.</summary>
    /// <param name="payloads">The payloads; not to be changed.</param>
    /// <returns>The new payloads.</returns>
    Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads);

    /// <summary>Undoes <see cref="EncodeAsync" />.</summary>
    /// <param name="payloads">The payloads; not to be changed.</param>
    /// <returns>The original payloads.</returns>
    Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads);
}
