using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>A task queue: the same name is a queue of its own per namespace and type.</summary>
internal readonly record struct TaskQueueKey(string Namespace, string Name, TaskQueueType Type);
