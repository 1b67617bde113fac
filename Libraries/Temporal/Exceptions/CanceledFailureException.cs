using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>A workflow or activity ended because it was asked to.</summary>
public class CanceledFailureException : FailureException
{
    /// <summary>Creates an exception that has not crossed the wire.</summary>
    /// <param name="message">What was cancelled.</param>
    /// <param name="inner">What caused it.</param>
    /// <param name="details">Values to send along.</param>
    protected internal CanceledFailureException(string message, Exception? inner = null, IReadOnlyCollection<object?>? details = null)
        : base(message, inner) => Details = new OutboundFailureDetails(details ?? []);

    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">The failure's cause.</param>
    /// <param name="converter">Converter that reads the details.</param>
    protected internal CanceledFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        var info = failure.CanceledFailureInfo ?? throw new ArgumentException("The failure is not a cancellation", nameof(failure));
        Details = new InboundFailureDetails(converter, info.Details?.Payloads_);
    }

    /// <inheritdoc cref="FailureException.Failure" />
    public new Failure Failure => base.Failure!;

    /// <summary>Values sent along.</summary>
    public IFailureDetails Details { get; protected init; }
}
