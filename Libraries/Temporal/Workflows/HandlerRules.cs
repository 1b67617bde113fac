using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>The rules that signal, query and update handlers share.</summary>
internal static class HandlerRules
{
    /// <summary>Names with this prefix belong to Temporal itself.</summary>
    public const string ReservedNamePrefix = "__temporal_";

    /// <summary>Cuts a trailing <c>Async</c>, unless nothing would remain.</summary>
    public static string WithoutAsync(string methodName) =>
        methodName.Length > 5 && methodName.EndsWith("Async", StringComparison.Ordinal) ? methodName[..^5] : methodName;

    public static Type[] ParameterTypes(MethodInfo method) =>
        Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);

    public static bool HasDynamicParameters(MethodInfo method, bool nameFirst)
    {
        var types = ParameterTypes(method);
        return nameFirst
            ? types.Length == 2 && types[0] == typeof(string) && types[1] == typeof(IRawValue[])
            : types.Length == 1 && types[0] == typeof(IRawValue[]);
    }

    public static void RequireInstanceMethod(MethodInfo method, string attribute)
    {
        if (!method.IsPublic)
        {
            throw new ArgumentException($"{attribute} method {method} must be public");
        }

        if (method.IsStatic)
        {
            throw new ArgumentException($"{attribute} method {method} cannot be static");
        }

        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException($"{attribute} method {method} cannot have generic parameters");
        }
    }

    public static void RequireNoNameIfDynamic(MethodInfo method, string? name, bool dynamic, string attribute)
    {
        if (dynamic && name != null)
        {
            throw new ArgumentException($"{attribute} method {method} cannot be dynamic and have a name");
        }
    }

    public static void RequireValidName(string? name, string kind)
    {
        if (name?.StartsWith(ReservedNamePrefix, StringComparison.Ordinal) == true)
        {
            throw new ArgumentException($"{kind} name {name} cannot start with {ReservedNamePrefix}");
        }
    }

    public static void RequireDynamicParameters(string? name, MethodInfo method, string attribute)
    {
        if (name == null && !HasDynamicParameters(method, nameFirst: true))
        {
            throw new ArgumentException(
                $"{attribute} method {method} is dynamic, so it must accept a string and an array of IRawValue");
        }
    }
}
