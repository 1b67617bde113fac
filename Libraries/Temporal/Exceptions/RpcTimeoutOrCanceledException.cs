namespace Temporalio.Exceptions;

/// <summary>A call was given up by the caller: its time had run out or it was cancelled.</summary>
public class RpcTimeoutOrCanceledException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was given up.</param>
    /// <param name="inner">What caused it.</param>
    public RpcTimeoutOrCanceledException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
