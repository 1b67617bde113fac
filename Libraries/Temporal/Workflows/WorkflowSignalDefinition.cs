using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>A signal handler of a workflow, from an attributed method or registered in code.</summary>
public class WorkflowSignalDefinition
{
    private WorkflowSignalDefinition(
        string? name, string? description, MethodInfo? method, Delegate? handler, HandlerUnfinishedPolicy unfinishedPolicy)
    {
        Name = name;
        Description = description;
        Method = method;
        Delegate = handler;
        UnfinishedPolicy = unfinishedPolicy;
    }

    /// <summary>The signal's name; null for the dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>A short description, if any.</summary>
    public string? Description { get; }

    /// <summary>Whether the handler takes every signal without a handler of its own.</summary>
    public bool Dynamic => Name == null;

    internal MethodInfo? Method { get; }

    internal Delegate? Delegate { get; }

    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    internal MethodInfo Signature => Method ?? Delegate!.Method;

    /// <summary>Reads the definition of a method with <see cref="WorkflowSignalAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The method cannot be a signal handler.</exception>
    public static WorkflowSignalDefinition FromMethod(MethodInfo method)
    {
        HandlerRules.RequireInstanceMethod(method, "WorkflowSignal");
        var attribute = method.GetCustomAttribute<WorkflowSignalAttribute>(false)
            ?? throw new ArgumentException($"{method} missing WorkflowSignal attribute");
        HandlerRules.RequireNoNameIfDynamic(method, attribute.Name, attribute.Dynamic, "WorkflowSignal");
        var name = attribute.Dynamic ? null : attribute.Name ?? HandlerRules.WithoutAsync(method.Name);
        RequireSignature(name, method);
        return new(name, attribute.Description, method, null, attribute.UnfinishedPolicy);
    }

    /// <summary>Makes a definition for a delegate, to be put into <see cref="Workflow.Signals"/> or
    /// <see cref="Workflow.DynamicSignal"/>.</summary>
    /// <param name="name">Name of the signal; null for a dynamic handler.</param>
    /// <param name="del">The handler, returning a task.</param>
    /// <param name="unfinishedPolicy">What happens if it still runs when the workflow ends.</param>
    /// <param name="description">A short description.</param>
    /// <exception cref="ArgumentException">The delegate cannot be a signal handler.</exception>
    public static WorkflowSignalDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        RequireSignature(name, del.Method);
        return new(name, description, null, del, unfinishedPolicy);
    }

    internal static string NameFromMethodForCall(MethodInfo method) =>
        FromMethod(method).Name
        ?? throw new ArgumentException($"{method} cannot be called by name, because it is a dynamic signal");

    private static void RequireSignature(string? name, MethodInfo method)
    {
        if (method.ReturnType != typeof(Task))
        {
            throw new ArgumentException($"WorkflowSignal method {method} must return Task");
        }

        HandlerRules.RequireValidName(name, "Signal");
        HandlerRules.RequireDynamicParameters(name, method, "WorkflowSignal");
    }
}
