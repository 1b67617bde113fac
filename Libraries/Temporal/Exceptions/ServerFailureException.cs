using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A failure that the server raised itself.</summary>
public class ServerFailureException : FailureException
{
    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">The failure's cause.</param>
    protected internal ServerFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ServerFailureInfo == null)
        {
            throw new ArgumentException("The failure is not a server failure", nameof(failure));
        }
    }

    /// <inheritdoc cref="FailureException.Failure" />
    public new Failure Failure => base.Failure!;

    /// <summary>Whether retrying is pointless.</summary>
    public bool NonRetryable => Failure.ServerFailureInfo.NonRetryable;
}
