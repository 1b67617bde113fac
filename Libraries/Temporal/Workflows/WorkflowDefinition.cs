using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>What a worker knows about a workflow type: its name, entry method and handlers.</summary>
public class WorkflowDefinition
{
    private static readonly ConcurrentDictionary<Type, WorkflowDefinition> Definitions = new();

    private readonly Func<object?[], object>? creator;

    internal WorkflowDefinition(WorkflowTypeReader reader, Func<object?[], object>? creator)
    {
        this.creator = creator;
        Name = reader.Name;
        Type = reader.Type;
        RunMethod = reader.RunMethod!;
        FailureExceptionTypes = reader.FailureExceptionTypes;
        VersioningBehavior = reader.VersioningBehavior;
        Signals = reader.Signals;
        DynamicSignal = reader.DynamicSignal;
        Queries = reader.Queries;
        DynamicQuery = reader.DynamicQuery;
        Updates = reader.Updates;
        DynamicUpdate = reader.DynamicUpdate;
        DynamicOptionsGetter = reader.DynamicOptionsGetter;
    }

    /// <summary>The workflow type name; null for a dynamic workflow.</summary>
    public string? Name { get; }

    /// <summary>The class or interface.</summary>
    public Type Type { get; }

    /// <summary>The entry method.</summary>
    public MethodInfo RunMethod { get; }

    /// <summary>Whether a worker can run it: false for interfaces and classes without a fitting constructor.</summary>
    public bool Instantiable => creator != null;

    /// <summary>Signal handlers by name.</summary>
    public IReadOnlyDictionary<string, WorkflowSignalDefinition> Signals { get; }

    /// <summary>The dynamic signal handler, if any.</summary>
    public WorkflowSignalDefinition? DynamicSignal { get; }

    /// <summary>Query handlers by name.</summary>
    public IReadOnlyDictionary<string, WorkflowQueryDefinition> Queries { get; }

    /// <summary>The dynamic query handler, if any.</summary>
    public WorkflowQueryDefinition? DynamicQuery { get; }

    /// <summary>Update handlers by name.</summary>
    public IReadOnlyDictionary<string, WorkflowUpdateDefinition> Updates { get; }

    /// <summary>The dynamic update handler, if any.</summary>
    public WorkflowUpdateDefinition? DynamicUpdate { get; }

    /// <summary>Whether it takes every workflow type without a workflow of its own.</summary>
    public bool Dynamic => Name == null;

    /// <summary>Exception types that fail the execution, see
    /// <see cref="WorkflowAttribute.FailureExceptionTypes"/>.</summary>
    public Type[]? FailureExceptionTypes { get; }

    /// <summary>How executions move between worker versions.</summary>
    public VersioningBehavior? VersioningBehavior { get; }

    /// <summary>Reads the options of one execution of a dynamic workflow, if it has such a method.</summary>
    public Func<object?, WorkflowDefinitionOptions>? DynamicOptionsGetter { get; }

    /// <summary>The definition of a type, cached.</summary>
    /// <exception cref="ArgumentException">The type lacks <see cref="WorkflowAttribute"/>.</exception>
    /// <exception cref="AggregateException">The type breaks other rules; each is an inner exception.</exception>
    public static WorkflowDefinition Create<T>() => Create(typeof(T));

    /// <summary>The definition of a type, cached.</summary>
    /// <exception cref="ArgumentException">The type lacks <see cref="WorkflowAttribute"/>.</exception>
    /// <exception cref="AggregateException">The type breaks other rules; each is an inner exception.</exception>
    public static WorkflowDefinition Create(Type type) =>
        Definitions.GetOrAdd(type, static type => Create(type, null, null));

    /// <summary>A definition with another name or another way to make instances, not cached.</summary>
    /// <param name="type">The class or interface.</param>
    /// <param name="nameOverride">Name to use instead of the type's own; null keeps it.</param>
    /// <param name="creatorOverride">Makes an instance from the run method's arguments; null uses a constructor.</param>
    /// <exception cref="ArgumentException">The type lacks <see cref="WorkflowAttribute"/>.</exception>
    /// <exception cref="AggregateException">The type breaks other rules; each is an inner exception.</exception>
    public static WorkflowDefinition Create(
        Type type, string? nameOverride, Func<object?[], object>? creatorOverride)
    {
        var reader = new WorkflowTypeReader(type, nameOverride);
        reader.Read();
        if (reader.Errors.Count > 0)
        {
            throw new AggregateException(reader.Errors.Select(error => new ArgumentException(error)));
        }

        if (creatorOverride != null && reader.InitConstructor != null)
        {
            throw new ArgumentException(
                "A workflow with a WorkflowInit constructor cannot have another creator", nameof(creatorOverride));
        }

        return new(reader, creatorOverride ?? reader.Creator);
    }

    /// <summary>Makes an instance.</summary>
    /// <param name="workflowArguments">The run method's arguments, for a constructor with
    /// <see cref="WorkflowInitAttribute"/>.</param>
    /// <exception cref="InvalidOperationException">The type is not <see cref="Instantiable"/>.</exception>
    public object CreateWorkflowInstance(object?[] workflowArguments) =>
        creator == null
            ? throw new InvalidOperationException($"Cannot instantiate workflow type {Type}")
            : creator(workflowArguments);

    internal static string NameFromRunMethodForCall(MethodInfo runMethod)
    {
        if (!runMethod.IsDefined(typeof(WorkflowRunAttribute), false))
        {
            throw new ArgumentException($"{runMethod} missing WorkflowRun attribute");
        }

        return Create(runMethod.ReflectedType!).Name
            ?? throw new ArgumentException($"{runMethod} cannot be called by name, because it is a dynamic workflow");
    }
}
