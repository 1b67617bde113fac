using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Reads results of tasks whose type is known at run time only.</summary>
internal static class TaskResult
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Properties = new();

    /// <summary>The result of a completed task; null for tasks without one.</summary>
    public static object? Read(Task task) => Properties.GetOrAdd(task.GetType(), Find)?.GetValue(task);

    private static PropertyInfo? Find(Type type)
    {
        for (var current = type; current != null; current = current.BaseType)
        {
            if (current.IsGenericType && current.GetGenericTypeDefinition() == typeof(Task<>))
            {
                // The compiler gives tasks without result one of an internal type.
                return current.GenericTypeArguments[0].Name == "VoidTaskResult" ? null : current.GetProperty("Result");
            }
        }

        return null;
    }
}
