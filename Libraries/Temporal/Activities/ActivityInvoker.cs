using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Temporalio.Activities;

/// <summary>Runs an activity's delegate and takes the result out of whatever task it returns.</summary>
/// <param name="invoke">The delegate.</param>
internal sealed class ActivityInvoker(Func<object?[], object?> invoke)
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Results = new();

    public async Task<object?> InvokeAsync(object?[] arguments)
    {
        object? returned;
        try
        {
            returned = invoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
        if (returned is not Task task)
        {
            return returned;
        }
        await task.ConfigureAwait(false);
        return ResultProperty(task.GetType()) is { } result ? result.GetValue(task) : ValueTuple.Create();
    }

    // The task of an async method is of a type derived from Task<T>; the one of a method without result has an internal T.
    private static PropertyInfo? ResultProperty(Type task) => Results.GetOrAdd(task, static type =>
    {
        for (var current = type; current != null; current = current.BaseType)
        {
            if (current.IsGenericType && current.GetGenericTypeDefinition() == typeof(Task<>))
            {
                return current.GetGenericArguments()[0].IsVisible || current.GetGenericArguments()[0].Name != "VoidTaskResult"
                    ? current.GetProperty("Result")
                    : null;
            }
        }
        return null;
    });
}
