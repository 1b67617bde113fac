namespace Temporalio.Exceptions;

/// <summary>Root of everything that this SDK throws.</summary>
public abstract class TemporalException : Exception
{
    /// <summary>Creates the exception with the default message.</summary>
    protected TemporalException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    protected TemporalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What caused it.</param>
    protected TemporalException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>
    /// Whether an exception tells of a cancellation: .NET's own, Temporal's, or an activity or child workflow
    /// that ended by one.
    /// </summary>
    /// <param name="e">The exception to look at.</param>
    /// <returns>True when it stems from a cancellation.</returns>
    public static bool IsCanceledException(Exception e) => e switch
    {
        OperationCanceledException or CanceledFailureException => true,
        ActivityFailureException or ChildWorkflowFailureException => e.InnerException is CanceledFailureException,
        _ => false,
    };
}
