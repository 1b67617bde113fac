using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>How activities are named, and what their signatures must be like.</summary>
internal static class ActivityRules
{
    private const string AsyncSuffix = "Async";

    // Names of the server's own.
    private const string ReservedPrefix = "__temporal_";

    public static string? Name(MethodInfo method)
    {
        var attribute = method.GetCustomAttribute<ActivityAttribute>(false)
            ?? throw new ArgumentException($"{method} missing Activity attribute", nameof(method));
        if (attribute.Dynamic)
        {
            return attribute.Name == null
                ? null
                : throw new ArgumentException($"Activity {method} cannot be dynamic and have custom name", nameof(method));
        }
        return attribute.Name ?? NameOf(method);
    }

    public static void Check(string? name, IReadOnlyCollection<Type> parameterTypes, int requiredParameterCount)
    {
        if (name?.StartsWith(ReservedPrefix, StringComparison.Ordinal) == true)
        {
            throw new ArgumentException($"Activity name {name} cannot start with {ReservedPrefix}", nameof(name));
        }
        if (name == null && (requiredParameterCount != 1 || parameterTypes.Count != 1 || parameterTypes.First() != typeof(IRawValue[])))
        {
            throw new ArgumentException("Dynamic activity must accept a required array of IRawValue", nameof(parameterTypes));
        }
        if (requiredParameterCount > parameterTypes.Count)
        {
            throw new ArgumentException($"Activity {name} has more required parameters than parameters", nameof(requiredParameterCount));
        }
        if (parameterTypes.Any(type => type.IsByRef))
        {
            throw new ArgumentException($"Activity {name} has disallowed ref/out parameter", nameof(parameterTypes));
        }
    }

    private static string NameOf(MethodInfo method)
    {
        var name = method.Name;

        // The compiler calls a local function <parent>g__name|number.
        if (name.IndexOf(">g__", StringComparison.Ordinal) is > 0 and var start)
        {
            name = name[(start + 4)..];
            name = name.IndexOf('|', StringComparison.Ordinal) is >= 0 and var end
                ? name[..end]
                : throw new ArgumentException($"Cannot parse name from local function {method}", nameof(method));
        }
        if (name.Contains('<', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{method} appears to be a lambda which must have a name given on the attribute", nameof(method));
        }
        return typeof(Task).IsAssignableFrom(method.ReturnType) && name.Length > AsyncSuffix.Length && name.EndsWith(AsyncSuffix, StringComparison.Ordinal)
            ? name[..^AsyncSuffix.Length]
            : name;
    }
}
