using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>An activity that a worker can run.</summary>
public class ActivityDefinition
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private readonly ActivityInvoker invoker;

    private ActivityDefinition(
        string? name, Type returnType, IReadOnlyCollection<Type> parameterTypes, int requiredParameterCount, ActivityInvoker invoker, MethodInfo? method)
    {
        ActivityRules.Check(name, parameterTypes, requiredParameterCount);
        Name = name;
        ReturnType = returnType;
        ParameterTypes = parameterTypes;
        RequiredParameterCount = requiredParameterCount;
        MethodInfo = method;
        this.invoker = invoker;
    }

    /// <summary>The activity's name, null when it is dynamic.</summary>
    public string? Name { get; }

    /// <summary>What the method returns, tasks included.</summary>
    public Type ReturnType { get; }

    /// <summary>Types of the parameters.</summary>
    public IReadOnlyCollection<Type> ParameterTypes { get; }

    /// <summary>How many parameters have no default value.</summary>
    public int RequiredParameterCount { get; }

    /// <summary>Whether it takes every activity that has no definition of its own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>The method, null when there is none.</summary>
    public MethodInfo? MethodInfo { get; }

    /// <summary>Creates the definition of a delegate whose method has <see cref="ActivityAttribute" />.</summary>
    /// <param name="del">The delegate.</param>
    /// <returns>The definition.</returns>
    public static ActivityDefinition Create(Delegate del) => Create(del.Method, del.DynamicInvoke);

    /// <summary>Creates a definition without a method.</summary>
    /// <param name="name">The name, null for a dynamic activity.</param>
    /// <param name="returnType">What the invoker returns, tasks included.</param>
    /// <param name="parameterTypes">Types of the parameters.</param>
    /// <param name="requiredParameterCount">How many parameters must be there.</param>
    /// <param name="invoker">Runs the activity.</param>
    /// <returns>The definition.</returns>
    public static ActivityDefinition Create(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        Func<object?[], object?> invoker) =>
        new(name, returnType, parameterTypes, requiredParameterCount, new(invoker), null);

    /// <summary>Creates the definition of a method with <see cref="ActivityAttribute" />.</summary>
    /// <param name="method">The method.</param>
    /// <param name="invoker">Runs it.</param>
    /// <returns>The definition.</returns>
    public static ActivityDefinition Create(MethodInfo method, Func<object?[], object?> invoker) =>
        CreateWithoutAttribute(ActivityRules.Name(method), method, invoker);

    /// <summary>Creates the definition of a method that needs no attribute.</summary>
    /// <param name="name">The name, null for a dynamic activity.</param>
    /// <param name="method">The method, for its signature.</param>
    /// <param name="invoker">Runs it.</param>
    /// <returns>The definition.</returns>
    public static ActivityDefinition CreateWithoutAttribute(string? name, MethodInfo method, Func<object?[], object?> invoker)
    {
        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException($"{method} contains generic parameters", nameof(method));
        }
        var parameters = method.GetParameters();
        return new(
            name,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)],
            parameters.Count(parameter => !parameter.HasDefaultValue),
            new(arguments => invoker(WithDefaults(parameters, arguments))),
            method);
    }

    /// <summary>Creates the definitions of all methods of a type that have <see cref="ActivityAttribute" />.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="instance">Where instance methods run, null when there are static ones only.</param>
    /// <returns>The definitions.</returns>
    public static IReadOnlyCollection<ActivityDefinition> CreateAll<T>(T? instance) => CreateAll(typeof(T), instance);

    /// <summary>Creates the definitions of all methods of a type that have <see cref="ActivityAttribute" />.</summary>
    /// <param name="type">The type.</param>
    /// <param name="instance">Where instance methods run, null when there are static ones only.</param>
    /// <returns>The definitions.</returns>
    public static IReadOnlyCollection<ActivityDefinition> CreateAll(Type type, object? instance)
    {
        var definitions = new List<ActivityDefinition>();
        foreach (var method in type.GetMethods(AnyMethod).Where(method => method.IsDefined(typeof(ActivityAttribute), true)))
        {
            if (!method.IsStatic && instance == null)
            {
                throw new InvalidOperationException($"Instance not provided, but activity method {method} is non-static");
            }
            var invoker = MethodInvoker.Create(method);
            definitions.Add(Create(method, arguments => invoker.Invoke(instance, arguments)));
        }
        return definitions.Count > 0 ? definitions : throw new ArgumentException($"No activities found on {type}", nameof(type));
    }

    /// <summary>Runs the activity and awaits it when it returns a task.</summary>
    /// <param name="parameters">The arguments; missing ones take the parameters' defaults.</param>
    /// <returns>The result, an empty <see cref="ValueTuple" /> for a task without one.</returns>
    public Task<object?> InvokeAsync(object?[] parameters) => invoker.InvokeAsync(parameters);

    /// <summary>The name under which a method's activity is scheduled.</summary>
    /// <exception cref="ArgumentException">The method is no activity, or a dynamic one.</exception>
    internal static string NameFromMethodForCall(MethodInfo method) =>
        ActivityRules.Name(method) ?? throw new ArgumentException($"{method} cannot be used directly since it is a dynamic activity", nameof(method));

    private static object?[] WithDefaults(ParameterInfo[] parameters, object?[] arguments) => arguments.Length >= parameters.Length
        ? arguments
        : [.. arguments, .. parameters.Skip(arguments.Length).Select(parameter => parameter.DefaultValue)];
}
