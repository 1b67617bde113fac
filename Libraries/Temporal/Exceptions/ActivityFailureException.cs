using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>An activity failed; the inner exception says why.</summary>
public class ActivityFailureException : FailureException
{
    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">Why the activity failed.</param>
    protected internal ActivityFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ActivityFailureInfo == null)
        {
            throw new ArgumentException("The failure is not an activity failure", nameof(failure));
        }
    }

    /// <inheritdoc cref="FailureException.Failure" />
    public new Failure Failure => base.Failure!;

    /// <summary>Worker that ran the activity, null when none had started it.</summary>
    public string? Identity => Failure.ActivityFailureInfo.Identity is { Length: > 0 } identity ? identity : null;

    /// <summary>The activity's type.</summary>
    public string ActivityType => Failure.ActivityFailureInfo.ActivityType.Name;

    /// <summary>The activity's id within its workflow.</summary>
    public string ActivityId => Failure.ActivityFailureInfo.ActivityId;

    /// <summary>Why it was not retried any more.</summary>
    public RetryState RetryState => Failure.ActivityFailureInfo.RetryState;
}
