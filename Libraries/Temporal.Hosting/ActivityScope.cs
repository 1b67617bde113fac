using Microsoft.Extensions.DependencyInjection;

namespace Temporalio.Extensions.Hosting;

/// <summary>
/// The scope and the instance in which the current activity runs. An interceptor may set both before it goes on; then
/// the activity uses them instead of its own.
/// </summary>
public static class ActivityScope
{
    private static readonly AsyncLocal<IServiceScope?> Scope = new();
    private static readonly AsyncLocal<object?> Instance = new();

    /// <summary>The scope, null outside of an activity.</summary>
    public static IServiceScope? ServiceScope
    {
        get => Scope.Value;
        set => Scope.Value = value;
    }

    /// <summary>The instance, null outside of an activity.</summary>
    public static object? ScopedInstance
    {
        get => Instance.Value;
        set => Instance.Value = value;
    }
}
