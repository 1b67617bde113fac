using Temporalio.Exceptions;

namespace Temporalio.Activities;

/// <summary>Thrown by an activity that is to be completed from outside, by an <see cref="Client.AsyncActivityHandle" />.</summary>
public class CompleteAsyncException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    public CompleteAsyncException()
        : base("Activity will complete asynchronously")
    {
    }
}
