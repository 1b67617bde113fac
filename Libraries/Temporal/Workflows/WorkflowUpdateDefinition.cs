using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>An update handler of a workflow with its validator, from attributed methods or registered in code.</summary>
public class WorkflowUpdateDefinition
{
    private WorkflowUpdateDefinition(
        string? name,
        string? description,
        MethodInfo? method,
        MethodInfo? validatorMethod,
        Delegate? handler,
        Delegate? validatorDelegate,
        HandlerUnfinishedPolicy unfinishedPolicy)
    {
        Name = name;
        Description = description;
        Method = method;
        ValidatorMethod = validatorMethod;
        Delegate = handler;
        ValidatorDelegate = validatorDelegate;
        UnfinishedPolicy = unfinishedPolicy;
    }

    /// <summary>The update's name; null for the dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>A short description, if any.</summary>
    public string? Description { get; }

    /// <summary>Whether the handler takes every update without a handler of its own.</summary>
    public bool Dynamic => Name == null;

    internal MethodInfo? Method { get; }

    internal MethodInfo? ValidatorMethod { get; }

    internal Delegate? Delegate { get; }

    internal Delegate? ValidatorDelegate { get; }

    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    internal MethodInfo Signature => Method ?? Delegate!.Method;

    internal bool HasValidator => ValidatorMethod != null || ValidatorDelegate != null;

    /// <summary>Reads the definition of a method with <see cref="WorkflowUpdateAttribute"/>.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="validatorMethod">Its validator with the same parameters, if any.</param>
    /// <exception cref="ArgumentException">The methods cannot be an update handler and its validator.</exception>
    public static WorkflowUpdateDefinition FromMethod(MethodInfo method, MethodInfo? validatorMethod = null)
    {
        HandlerRules.RequireInstanceMethod(method, "WorkflowUpdate");
        var attribute = method.GetCustomAttribute<WorkflowUpdateAttribute>(false)
            ?? throw new ArgumentException($"{method} missing WorkflowUpdate attribute");
        HandlerRules.RequireNoNameIfDynamic(method, attribute.Name, attribute.Dynamic, "WorkflowUpdate");
        if (validatorMethod != null)
        {
            HandlerRules.RequireInstanceMethod(validatorMethod, "WorkflowUpdateValidator");
        }

        var name = attribute.Dynamic ? null : attribute.Name ?? HandlerRules.WithoutAsync(method.Name);
        RequireSignature(name, method, validatorMethod);
        return new(name, attribute.Description, method, validatorMethod, null, null, attribute.UnfinishedPolicy);
    }

    /// <summary>Makes a definition for delegates, to be put into <see cref="Workflow.Updates"/> or
    /// <see cref="Workflow.DynamicUpdate"/>.</summary>
    /// <param name="name">Name of the update; null for a dynamic handler.</param>
    /// <param name="del">The handler, returning a task with or without result.</param>
    /// <param name="validatorDel">The validator with the same parameters, if any.</param>
    /// <param name="unfinishedPolicy">What happens if it still runs when the workflow ends.</param>
    /// <param name="description">A short description.</param>
    /// <exception cref="ArgumentException">The delegates cannot be an update handler and its validator.</exception>
    public static WorkflowUpdateDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        Delegate? validatorDel = null,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        RequireSignature(name, del.Method, validatorDel?.Method);
        return new(name, description, null, null, del, validatorDel, unfinishedPolicy);
    }

    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name
        ?? throw new ArgumentException($"{method} cannot be called by name, because it is a dynamic update");

    private static void RequireSignature(string? name, MethodInfo method, MethodInfo? validator)
    {
        if (!typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            throw new ArgumentException($"WorkflowUpdate method {method} must return Task or Task<T>");
        }

        HandlerRules.RequireValidName(name, "Update");
        HandlerRules.RequireDynamicParameters(name, method, "WorkflowUpdate");
        if (validator == null)
        {
            return;
        }

        if (validator.ReturnType != typeof(void))
        {
            throw new ArgumentException($"WorkflowUpdateValidator method {validator} must be void");
        }

        if (!HandlerRules.ParameterTypes(validator).SequenceEqual(HandlerRules.ParameterTypes(method)))
        {
            throw new ArgumentException(
                $"WorkflowUpdateValidator method {validator} must have the same parameters as {method}");
        }
    }
}
