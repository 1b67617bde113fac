using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>A workflow or activity took too long.</summary>
public class TimeoutFailureException : FailureException
{
    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">The failure's cause.</param>
    /// <param name="converter">Converter that reads the heartbeat details.</param>
    protected internal TimeoutFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        var info = failure.TimeoutFailureInfo ?? throw new ArgumentException("The failure is not a timeout", nameof(failure));
        LastHeartbeatDetails = new(converter, info.LastHeartbeatDetails?.Payloads_);
    }

    /// <inheritdoc cref="FailureException.Failure" />
    public new Failure Failure => base.Failure!;

    /// <summary>Which of the timeouts expired.</summary>
    public TimeoutType TimeoutType => Failure.TimeoutFailureInfo.TimeoutType;

    /// <summary>What the last heartbeat carried.</summary>
    public InboundFailureDetails LastHeartbeatDetails { get; protected init; }
}
