using ImageLibrary.Temporal.Server.Visibility.Workers;
using ImageLibrary.Temporal.Server.Wire;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>Adds the methods that list, count and administer: lists and counts, search attributes, task queues, workers.</summary>
internal static class VisibilityMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        WorkflowListMethods.Register(methods, engine);
        SearchAttributeMethods.Register(methods, engine);
        TaskQueueMethods.Register(methods, engine);
        WorkerMethods.Register(methods, engine);
    }
}
