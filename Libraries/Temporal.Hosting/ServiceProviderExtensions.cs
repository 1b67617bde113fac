using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;

namespace Temporalio.Extensions.Hosting;

/// <summary>Activities whose instances come from a service provider.</summary>
public static class ServiceProviderExtensions
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Creates the definitions of all activities of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="provider">Where instances come from, a scope for each attempt.</param>
    /// <returns>The definitions.</returns>
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions<T>(this IServiceProvider provider) =>
        provider.CreateTemporalActivityDefinitions(typeof(T));

    /// <summary>Creates the definitions of all activities of a type.</summary>
    /// <param name="provider">Where instances come from, a scope for each attempt.</param>
    /// <param name="type">The type.</param>
    /// <returns>The definitions.</returns>
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions(this IServiceProvider provider, Type type) =>
        [.. type.GetMethods(AnyMethod)
            .Where(method => method.IsDefined(typeof(ActivityAttribute)))
            .Select(method => provider.CreateTemporalActivityDefinition(type, method))];

    /// <summary>Creates the definition of an activity.</summary>
    /// <param name="provider">Where instances come from, a scope for each attempt.</param>
    /// <param name="instanceType">The type of which an instance is asked for.</param>
    /// <param name="method">The activity's method.</param>
    /// <returns>The definition.</returns>
    public static ActivityDefinition CreateTemporalActivityDefinition(this IServiceProvider provider, Type instanceType, MethodInfo method)
    {
        var invoker = MethodInvoker.Create(method);
        var inner = ActivityDefinition.Create(method, arguments => invoker.Invoke(method.IsStatic ? null : ActivityScope.ScopedInstance, arguments));
        return ActivityDefinition.Create(method, arguments => InvokeAsync(provider, instanceType, inner, arguments));
    }

    private static async Task<object?> InvokeAsync(IServiceProvider provider, Type instanceType, ActivityDefinition activity, object?[] arguments)
    {
        // The scope lives as long as the attempt, also while a task of it is awaited.
        var own = ActivityScope.ServiceScope == null ? provider.CreateAsyncScope() : (AsyncServiceScope?)null;
        try
        {
            ActivityScope.ServiceScope ??= own;
            if (activity.MethodInfo?.IsStatic != true)
            {
                ActivityScope.ScopedInstance ??= ActivityScope.ServiceScope!.ServiceProvider.GetRequiredService(instanceType);
            }
            return await activity.InvokeAsync(arguments).ConfigureAwait(false);
        }
        finally
        {
            ActivityScope.ScopedInstance = null;
            if (own is { } scope)
            {
                ActivityScope.ServiceScope = null;
                await scope.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
