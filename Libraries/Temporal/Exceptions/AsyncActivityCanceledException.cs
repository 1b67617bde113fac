namespace Temporalio.Exceptions;

/// <summary>A heartbeat told that the activity, which is completed from outside, is to be cancelled.</summary>
public class AsyncActivityCanceledException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    public AsyncActivityCanceledException()
        : base("Activity cancelled")
    {
    }
}
