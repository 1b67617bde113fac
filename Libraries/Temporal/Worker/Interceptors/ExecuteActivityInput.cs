using Temporalio.Activities;
using Temporalio.Api.Common.V1;

namespace Temporalio.Worker.Interceptors;

/// <summary>An activity that is to be executed.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Headers">Headers that came with it.</param>
public record ExecuteActivityInput(ActivityDefinition Activity, object?[] Args, IReadOnlyDictionary<string, Payload>? Headers);
