using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>A failure raised by application code.</summary>
public class ApplicationFailureException : FailureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="errorType">Type by which retry policies and callers recognise it.</param>
    /// <param name="nonRetryable">Whether retrying is pointless.</param>
    /// <param name="details">Values to send along.</param>
    /// <param name="nextRetryDelay">Delay before the next attempt, instead of the retry policy's.</param>
    /// <param name="category">How loudly to report it.</param>
    public ApplicationFailureException(
        string message,
        string? errorType = null,
        bool nonRetryable = false,
        IReadOnlyCollection<object?>? details = null,
        TimeSpan? nextRetryDelay = null,
        ApplicationErrorCategory category = ApplicationErrorCategory.Unspecified)
        : this(message, null, errorType, nonRetryable, details, nextRetryDelay, category)
    {
    }

    /// <summary>Creates the exception with a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What caused it; sent along as the failure's cause.</param>
    /// <param name="errorType">Type by which retry policies and callers recognise it.</param>
    /// <param name="nonRetryable">Whether retrying is pointless.</param>
    /// <param name="details">Values to send along.</param>
    /// <param name="nextRetryDelay">Delay before the next attempt, instead of the retry policy's.</param>
    /// <param name="category">How loudly to report it.</param>
    public ApplicationFailureException(
        string message,
        Exception? inner,
        string? errorType = null,
        bool nonRetryable = false,
        IReadOnlyCollection<object?>? details = null,
        TimeSpan? nextRetryDelay = null,
        ApplicationErrorCategory category = ApplicationErrorCategory.Unspecified)
        : base(message, inner)
    {
        ErrorType = errorType;
        NonRetryable = nonRetryable;
        Details = new OutboundFailureDetails(details ?? []);
        NextRetryDelay = nextRetryDelay;
        Category = category;
    }

    /// <summary>Creates the exception that stands for a received failure.</summary>
    /// <param name="failure">The failure as received.</param>
    /// <param name="inner">The failure's cause.</param>
    /// <param name="converter">Converter that reads the details.</param>
    protected internal ApplicationFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        var info = failure.ApplicationFailureInfo ?? throw new ArgumentException("The failure is not an application failure", nameof(failure));
        ErrorType = info.Type.Length == 0 ? null : info.Type;
        NonRetryable = info.NonRetryable;
        Details = new InboundFailureDetails(converter, info.Details?.Payloads_);
        NextRetryDelay = info.NextRetryDelay?.ToTimeSpan();
        Category = info.Category;
    }

    /// <summary>Type by which retry policies and callers recognise it.</summary>
    public string? ErrorType { get; protected init; }

    /// <summary>Whether retrying is pointless.</summary>
    public bool NonRetryable { get; protected init; }

    /// <summary>Values sent along.</summary>
    public IFailureDetails Details { get; protected init; }

    /// <summary>Delay before the next attempt, null for the retry policy's.</summary>
    public TimeSpan? NextRetryDelay { get; protected init; }

    /// <summary>How loudly it is reported.</summary>
    public ApplicationErrorCategory Category { get; protected init; }
}
