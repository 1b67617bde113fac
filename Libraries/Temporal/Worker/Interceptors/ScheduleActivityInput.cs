using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of scheduling an activity.</summary>
/// <param name="Activity">Activity type name.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Options">How it is executed.</param>
/// <param name="Headers">Headers to send.</param>
public record ScheduleActivityInput(
    string Activity,
    IReadOnlyCollection<object?> Args,
    ActivityOptions Options,
    IDictionary<string, Payload>? Headers);
