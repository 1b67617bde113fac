using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Grpc;

/// <summary>Decides whether and when one call is tried again. Holds the state of that call.</summary>
/// <param name="options">How calls are retried.</param>
/// <param name="time">Clock for the limit of elapsed time.</param>
internal sealed class GrpcRetry(RpcRetryOptions options, TimeProvider time)
{
    /// <summary>The server is overloaded, so the first pause is long.</summary>
    private static readonly TimeSpan ThrottledInterval = TimeSpan.FromSeconds(1);

    private readonly long start = time.GetTimestamp();
    private int retries;

    /// <summary>Whether a failure may pass by itself.</summary>
    public static bool IsTransient(RpcException failure) => failure.Code switch
    {
        RpcException.StatusCode.ResourceExhausted => !IsTooLarge(failure),
        RpcException.StatusCode.DataLoss or RpcException.StatusCode.Internal or RpcException.StatusCode.Unknown
            or RpcException.StatusCode.Aborted or RpcException.StatusCode.OutOfRange or RpcException.StatusCode.Unavailable => true,
        _ => false,
    };

    /// <summary>The pause before the next attempt, null when there is none.</summary>
    public TimeSpan? Next(RpcException failure)
    {
        if (!IsTransient(failure) || retries >= options.MaxRetries)
        {
            return null;
        }
        var first = failure.Code == RpcException.StatusCode.ResourceExhausted && options.InitialInterval < ThrottledInterval
            ? ThrottledInterval
            : options.InitialInterval;
        var delay = Math.Min(first.TotalSeconds * Math.Pow(options.Multiplier, retries++), options.MaxInterval.TotalSeconds);
        var jitter = options.RandomizationFactor * ((Random.Shared.NextDouble() * 2) - 1);
        var pause = TimeSpan.FromSeconds(delay * (1 + jitter));
        return options.MaxElapsedTime is { } limit && time.GetElapsedTime(start) + pause > limit ? null : pause;
    }

    // The same message would be refused again.
    private static bool IsTooLarge(RpcException failure) =>
        failure.Message.Contains("message larger than max", StringComparison.OrdinalIgnoreCase);
}
