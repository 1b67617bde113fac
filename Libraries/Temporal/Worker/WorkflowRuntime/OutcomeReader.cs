using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Worker.WorkflowRuntime.Machines;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Turns outcomes into results and exceptions.</summary>
internal sealed class OutcomeReader(DataConverter converter)
{
    /// <summary>The result, or the default if there is none or nobody wants it.</summary>
    /// <exception cref="Exceptions.FailureException">The outcome is a failure.</exception>
    public TResult Read<TResult>(Outcome outcome)
    {
        if (outcome.Failure != null)
        {
            throw ToException(outcome.Failure);
        }

        return typeof(TResult) == typeof(ValueTuple) || outcome.Result is not { Payloads_.Count: > 0 } result
            ? default!
            : converter.PayloadConverter.ToValue<TResult>(result.Payloads_[0]);
    }

    /// <summary>The exception for a failure.</summary>
    public Exception ToException(Failure failure) =>
        converter.FailureConverter.ToException(failure, converter.PayloadConverter);
}
