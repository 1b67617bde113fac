using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>A query handler of a workflow, from an attributed method or property or registered in code.</summary>
public class WorkflowQueryDefinition
{
    private WorkflowQueryDefinition(string? name, string? description, MethodInfo? method, Delegate? handler)
    {
        Name = name;
        Description = description;
        Method = method;
        Delegate = handler;
    }

    /// <summary>The query's name; null for the dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>A short description, if any.</summary>
    public string? Description { get; }

    /// <summary>Whether the handler takes every query without a handler of its own.</summary>
    public bool Dynamic => Name == null;

    internal MethodInfo? Method { get; }

    internal Delegate? Delegate { get; }

    internal MethodInfo Signature => Method ?? Delegate!.Method;

    /// <summary>Reads the definition of a method with <see cref="WorkflowQueryAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The method cannot be a query handler.</exception>
    public static WorkflowQueryDefinition FromMethod(MethodInfo method)
    {
        HandlerRules.RequireInstanceMethod(method, "WorkflowQuery");
        var attribute = method.GetCustomAttribute<WorkflowQueryAttribute>(false)
            ?? throw new ArgumentException($"{method} missing WorkflowQuery attribute");
        HandlerRules.RequireNoNameIfDynamic(method, attribute.Name, attribute.Dynamic, "WorkflowQuery");
        var name = attribute.Dynamic ? null : attribute.Name ?? method.Name;
        RequireSignature(name, method);
        return new(name, attribute.Description, method, null);
    }

    /// <summary>Reads the definition of a property with <see cref="WorkflowQueryAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The property cannot be a query handler.</exception>
    public static WorkflowQueryDefinition FromProperty(PropertyInfo property)
    {
        var attribute = property.GetCustomAttribute<WorkflowQueryAttribute>(false)
            ?? throw new ArgumentException($"{property} missing WorkflowQuery attribute");
        if (attribute.Dynamic)
        {
            throw new ArgumentException($"WorkflowQuery property {property} cannot be dynamic");
        }

        var getter = property.GetGetMethod()
            ?? throw new ArgumentException($"WorkflowQuery property {property} must have a public getter");
        if (getter.IsStatic)
        {
            throw new ArgumentException($"WorkflowQuery property {property} cannot be static");
        }

        var name = attribute.Name ?? property.Name;
        RequireSignature(name, getter);
        return new(name, attribute.Description, getter, null);
    }

    /// <summary>Makes a definition for a delegate, to be put into <see cref="Workflow.Queries"/> or
    /// <see cref="Workflow.DynamicQuery"/>.</summary>
    /// <param name="name">Name of the query; null for a dynamic handler.</param>
    /// <param name="del">The handler, returning a value at once.</param>
    /// <param name="description">A short description.</param>
    /// <exception cref="ArgumentException">The delegate cannot be a query handler.</exception>
    public static WorkflowQueryDefinition CreateWithoutAttribute(string? name, Delegate del, string? description = null)
    {
        RequireSignature(name, del.Method);
        return new(name, description, null, del);
    }

    internal static string NameFromMethodForCall(MethodInfo method) => NameForCall(FromMethod(method), method);

    internal static string NameFromPropertyForCall(PropertyInfo property) => NameForCall(FromProperty(property), property);

    private static string NameForCall(WorkflowQueryDefinition definition, MemberInfo member) =>
        definition.Name ?? throw new ArgumentException($"{member} cannot be called by name, because it is a dynamic query");

    private static void RequireSignature(string? name, MethodInfo method)
    {
        if (method.ReturnType == typeof(void))
        {
            throw new ArgumentException($"WorkflowQuery method {method} must return a value");
        }

        if (typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            throw new ArgumentException($"WorkflowQuery method {method} cannot return a Task");
        }

        HandlerRules.RequireValidName(name, "Query");
        HandlerRules.RequireDynamicParameters(name, method, "WorkflowQuery");
    }
}
