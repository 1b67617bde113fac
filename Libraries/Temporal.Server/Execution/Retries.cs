using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>When a failed attempt is tried again: the rules of the official server's retry policies.</summary>
internal static class Retries
{
    private static readonly TimeSpan DefaultInitialInterval = TimeSpan.FromSeconds(1);
    private const double DefaultCoefficient = 2;
    private const int DefaultMaximumFactor = 100;

    /// <summary>Fills the values that the caller left out.</summary>
    public static RetryPolicy Normalize(RetryPolicy? policy)
    {
        var filled = policy?.Clone() ?? new RetryPolicy();
        if (filled.InitialInterval is null || filled.InitialInterval.ToTimeSpan() <= TimeSpan.Zero)
        {
            filled.InitialInterval = Duration.FromTimeSpan(DefaultInitialInterval);
        }

        if (filled.BackoffCoefficient < 1)
        {
            filled.BackoffCoefficient = DefaultCoefficient;
        }

        if (filled.MaximumInterval is null || filled.MaximumInterval.ToTimeSpan() <= TimeSpan.Zero)
        {
            filled.MaximumInterval = Duration.FromTimeSpan(filled.InitialInterval.ToTimeSpan() * DefaultMaximumFactor);
            DurationLimit.Cut(filled.MaximumInterval);
        }

        return filled;
    }

    /// <summary>The wait before the next attempt, or why there is none.</summary>
    /// <param name="policy">A normalised policy.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="failure">Its failure.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="expiration">When all attempts must have ended, or null.</param>
    public static (TimeSpan? Delay, RetryState State) Next(RetryPolicy policy, int attempt, Failure failure, DateTimeOffset now, DateTimeOffset? expiration)
    {
        if (!IsRetryable(policy, failure))
        {
            return (null, RetryState.NonRetryableFailure);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return (null, RetryState.MaximumAttemptsReached);
        }

        var delay = failure.ApplicationFailureInfo?.NextRetryDelay is { } asked ? DurationLimit.Read(asked) : Backoff(policy, attempt);
        return expiration is { } end && now + delay > end ? (null, RetryState.Timeout) : (delay, RetryState.InProgress);
    }

    private static TimeSpan Backoff(RetryPolicy policy, int attempt)
    {
        var maximum = policy.MaximumInterval.ToTimeSpan();
        var seconds = policy.InitialInterval.ToTimeSpan().TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return double.IsFinite(seconds) && seconds < maximum.TotalSeconds ? TimeSpan.FromSeconds(seconds) : maximum;
    }

    private static bool IsRetryable(RetryPolicy policy, Failure failure)
    {
        switch (failure.FailureInfoCase)
        {
            case Failure.FailureInfoOneofCase.TerminatedFailureInfo:
            case Failure.FailureInfoOneofCase.CanceledFailureInfo:
                return false;
            case Failure.FailureInfoOneofCase.TimeoutFailureInfo:
                var kind = failure.TimeoutFailureInfo.TimeoutType;
                return kind is TimeoutType.StartToClose or TimeoutType.Heartbeat
                    && !policy.NonRetryableErrorTypes.Contains($"TemporalTimeout:{kind}");
            case Failure.FailureInfoOneofCase.ServerFailureInfo:
                return !failure.ServerFailureInfo.NonRetryable;
            case Failure.FailureInfoOneofCase.ApplicationFailureInfo:
                return !failure.ApplicationFailureInfo.NonRetryable && !policy.NonRetryableErrorTypes.Contains(failure.ApplicationFailureInfo.Type);
            default:
                return true;
        }
    }
}
