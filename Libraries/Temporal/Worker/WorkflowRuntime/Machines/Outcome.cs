using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>How an activity, a child or a message to another workflow ended: with a failure, or with a result that may
/// be absent.</summary>
internal readonly record struct Outcome(Payloads? Result, Failure? Failure)
{
    public static Outcome Success(Payloads? result) => new(result, null);

    public static Outcome Failed(Failure failure) => new(null, failure);
}
