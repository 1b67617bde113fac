using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;

namespace Temporalio.Converters;

/// <summary>
/// Converts <see cref="FailureException" /> and its kind to the matching failures; any other exception becomes an
/// application failure with the exception's short type name.
/// </summary>
public class DefaultFailureConverter : IFailureConverter
{
    private const string EncodedMessage = "Encoded failure";

    /// <summary>Creates the converter with the default options.</summary>
    public DefaultFailureConverter()
        : this(new())
    {
    }

    /// <summary>Creates the converter.</summary>
    /// <param name="options">Its options.</param>
    protected DefaultFailureConverter(DefaultFailureConverterOptions options) => Options = options;

    /// <summary>The converter's options.</summary>
    public DefaultFailureConverterOptions Options { get; private init; }

    /// <inheritdoc />
    public virtual Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        var failure = exception is FailureException { Failure: { } received } ? received.Clone() : CreateFailure(exception, payloadConverter);
        if (Options.EncodeCommonAttributes)
        {
            failure.EncodedAttributes = payloadConverter.ToPayload(new Dictionary<string, string>
            {
                ["message"] = failure.Message,
                ["stack_trace"] = failure.StackTrace,
            });
            failure.Message = EncodedMessage;
            failure.StackTrace = "";
        }
        return failure;
    }

    /// <inheritdoc />
    public virtual Exception ToException(Failure failure, IPayloadConverter payloadConverter)
    {
        RestoreCommonAttributes(failure, payloadConverter);
        var inner = failure.Cause == null ? null : ToException(failure.Cause, payloadConverter);
        return failure.FailureInfoCase switch
        {
            Failure.FailureInfoOneofCase.ApplicationFailureInfo => new ApplicationFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TimeoutFailureInfo => new TimeoutFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.CanceledFailureInfo => new CanceledFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TerminatedFailureInfo => new TerminatedFailureException(failure, inner, null),
            Failure.FailureInfoOneofCase.ServerFailureInfo => new ServerFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ActivityFailureInfo => new ActivityFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ChildWorkflowExecutionFailureInfo => new ChildWorkflowFailureException(failure, inner),
            _ => new FailureException(failure, inner),
        };
    }

    private static void RestoreCommonAttributes(Failure failure, IPayloadConverter payloadConverter)
    {
        if (failure.EncodedAttributes == null)
        {
            return;
        }
        try
        {
            if (payloadConverter.ToValue<Dictionary<string, string>?>(failure.EncodedAttributes) is not { } attributes)
            {
                return;
            }
            failure.Message = attributes.GetValueOrDefault("message", failure.Message);
            failure.StackTrace = attributes.GetValueOrDefault("stack_trace", failure.StackTrace);
        }
        catch (Exception)
        {
            // Attributes of another converter: the failure itself must still be reported.
        }
    }

    private static Payloads? Details(IFailureDetails details, IPayloadConverter converter) => details switch
    {
        { Count: 0 } => null,
        OutboundFailureDetails outbound => new() { Payloads_ = { outbound.Details!.Select(converter.ToPayload) } },
        InboundFailureDetails inbound => new() { Payloads_ = { inbound.Payloads } },
        _ => throw new ArgumentException($"Unexpected failure details {details.GetType()}", nameof(details)),
    };

    private Failure CreateFailure(Exception exception, IPayloadConverter converter)
    {
        var failure = new Failure
        {
            Message = exception.Message,
            StackTrace = exception.StackTrace ?? "",
            Cause = exception.InnerException == null ? null : ToFailure(exception.InnerException, converter),
        };
        switch (exception)
        {
            case ApplicationFailureException application:
                failure.ApplicationFailureInfo = new()
                {
                    Type = application.ErrorType ?? "",
                    NonRetryable = application.NonRetryable,
                    Details = Details(application.Details, converter),
                    NextRetryDelay = application.NextRetryDelay is { } delay ? Duration.FromTimeSpan(delay) : null,
                    Category = application.Category,
                };
                break;
            case CanceledFailureException canceled:
                failure.CanceledFailureInfo = new() { Details = Details(canceled.Details, converter) };
                break;
            case WorkflowAlreadyStartedException or ScheduleAlreadyRunningException:
                break;
            case FailureException:
                throw new ArgumentException($"Unexpected failure type {exception.GetType()} without failure proto", nameof(exception));
            default:
                failure.ApplicationFailureInfo = new() { Type = exception.GetType().Name };
                break;
        }
        return failure;
    }

    /// <summary>The converter that moves message and stack trace into a payload.</summary>
    public class WithEncodedCommonAttributes : DefaultFailureConverter
    {
        /// <summary>Creates the converter.</summary>
        public WithEncodedCommonAttributes()
            : base(new() { EncodeCommonAttributes = true })
        {
        }
    }
}
