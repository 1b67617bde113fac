using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>An exception that can be carried over the wire as a failure, and that fails the workflow which throws it.</summary>
public class FailureException : TemporalException
{
    /// <summary>Creates an exception that has not crossed the wire.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What caused it.</param>
    protected internal FailureException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">The failure's cause.</param>
    protected internal FailureException(Failure failure, Exception? inner)
        : base(failure.Message, inner) => Failure = failure;

    /// <summary>The failure as received, null for an exception that was made here.</summary>
    public Failure? Failure { get; protected init; }

    /// <inheritdoc />
    public override string? StackTrace =>
        base.StackTrace is { Length: > 0 } own ? own : Failure is { StackTrace.Length: > 0 } remote ? remote.StackTrace : base.StackTrace;
}
