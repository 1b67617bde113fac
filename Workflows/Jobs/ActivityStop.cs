using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Workflows;

/// <summary>Tells an activity that was stopped from one that failed.</summary>
internal static class ActivityStop
{
    /// <summary>
    /// Whether an activity ended because it was asked to, by a pause or by a cancellation. One that fails after it was asked is
    /// not tried again by the server, although its failure is one that passes; what it has not done is done after the resume.
    /// </summary>
    /// <param name="exception">What came of the activity.</param>
    public static bool Caused(Exception exception) =>
        TemporalException.IsCanceledException(exception)
        || exception is ActivityFailureException { RetryState: RetryState.CancelRequested };
}
