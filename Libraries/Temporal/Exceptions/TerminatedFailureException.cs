using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A workflow was terminated.</summary>
public class TerminatedFailureException : FailureException
{
    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">The failure's cause.</param>
    /// <param name="details">Values given with the termination.</param>
    protected internal TerminatedFailureException(Failure failure, Exception? inner, InboundFailureDetails? details)
        : base(failure, inner)
    {
        if (failure.TerminatedFailureInfo == null)
        {
            throw new ArgumentException("The failure is not a termination", nameof(failure));
        }
        Details = details;
    }

    /// <inheritdoc cref="FailureException.Failure" />
    public new Failure Failure => base.Failure!;

    /// <summary>Values given with the termination.</summary>
    public IFailureDetails? Details { get; protected init; }
}
