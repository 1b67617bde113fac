using System.Reflection;
using System.Runtime.ExceptionServices;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>Reads a workflow type by reflection and collects every broken rule.</summary>
internal sealed class WorkflowTypeReader(Type type, string? nameOverride)
{
    private const BindingFlags AnyMember =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly WorkflowAttribute attribute = type.GetCustomAttribute<WorkflowAttribute>(false)
        ?? throw new ArgumentException($"{type} missing Workflow attribute");

    private readonly Dictionary<string, WorkflowSignalDefinition> signals = [];
    private readonly Dictionary<string, WorkflowQueryDefinition> queries = [];
    private readonly Dictionary<string, WorkflowUpdateDefinition> updates = [];

    public List<string> Errors { get; } = [];

    public Type Type => type;

    public string? Name { get; private set; }

    public MethodInfo? RunMethod { get; private set; }

    public ConstructorInfo? InitConstructor { get; private set; }

    public Func<object?[], object>? Creator { get; private set; }

    public Func<object?, WorkflowDefinitionOptions>? DynamicOptionsGetter { get; private set; }

    public Type[]? FailureExceptionTypes => attribute.FailureExceptionTypes;

    public VersioningBehavior VersioningBehavior => attribute.VersioningBehavior;

    public IReadOnlyDictionary<string, WorkflowSignalDefinition> Signals => signals;

    public WorkflowSignalDefinition? DynamicSignal { get; private set; }

    public IReadOnlyDictionary<string, WorkflowQueryDefinition> Queries => queries;

    public WorkflowQueryDefinition? DynamicQuery { get; private set; }

    public IReadOnlyDictionary<string, WorkflowUpdateDefinition> Updates => updates;

    public WorkflowUpdateDefinition? DynamicUpdate { get; private set; }

    public void Read()
    {
        ReadName();
        ReadConstructors();
        var validators = ReadValidators();
        foreach (var method in type.GetMethods(AnyMember))
        {
            ReadRunMethod(method);
            ReadDynamicOptions(method);
            ReadHandlers(method, validators);
        }

        if (RunMethod == null)
        {
            Errors.Add($"{type} does not have a valid WorkflowRun method");
        }

        foreach (var (updateMethod, validator) in validators)
        {
            Errors.Add($"{validator} validates {updateMethod}, which is no update method");
        }

        foreach (var property in type.GetProperties(AnyMember))
        {
            if (property.IsDefined(typeof(WorkflowQueryAttribute), false))
            {
                Collect(() => AddQuery(WorkflowQueryDefinition.FromProperty(property)));
            }
        }
    }

    private void ReadName()
    {
        if (type.ContainsGenericParameters || type.GenericTypeArguments.Length > 0)
        {
            Errors.Add($"{type} has generic type arguments");
        }

        Name = nameOverride ?? attribute.Name;
        if (attribute.Dynamic)
        {
            if (Name != null)
            {
                Errors.Add("A dynamic workflow cannot have a name");
            }

            return;
        }

        Name ??= type.IsInterface && type.Name.Length > 1 && type.Name[0] == 'I' && char.IsUpper(type.Name[1])
            ? type.Name[1..]
            : type.Name;
        if (Name.StartsWith(HandlerRules.ReservedNamePrefix, StringComparison.Ordinal))
        {
            Errors.Add($"Workflow name {Name} cannot start with {HandlerRules.ReservedNamePrefix}");
        }
    }

    private void ReadConstructors()
    {
        var constructors = type.GetConstructors(AnyMember);
        foreach (var constructor in constructors.Where(c => c.IsDefined(typeof(WorkflowInitAttribute), false)))
        {
            if (InitConstructor != null)
            {
                Errors.Add($"WorkflowInit on multiple: {constructor} and {InitConstructor}");
            }
            else if (!constructor.IsPublic)
            {
                Errors.Add($"WorkflowInit on non-public {constructor}");
            }
            else
            {
                InitConstructor = constructor;
            }
        }

        if (InitConstructor != null)
        {
            Creator = arguments => Unwrapped(() => InitConstructor.Invoke(arguments));
        }
        else if (!type.IsInterface && !type.IsAbstract
            && (constructors.Length == 0 || type.GetConstructor(Type.EmptyTypes) != null))
        {
            Creator = _ => Unwrapped(() => Activator.CreateInstance(type)!);
        }
    }

    private Dictionary<string, MethodInfo> ReadValidators()
    {
        var validators = new Dictionary<string, MethodInfo>();
        foreach (var method in type.GetMethods(AnyMember))
        {
            var validator = method.GetCustomAttribute<WorkflowUpdateValidatorAttribute>();
            if (validator != null && !validators.TryAdd(validator.UpdateMethod, method))
            {
                Errors.Add($"{type} has more than one validator for update method {validator.UpdateMethod}");
            }
        }

        return validators;
    }

    private void ReadRunMethod(MethodInfo method)
    {
        if (!method.IsDefined(typeof(WorkflowRunAttribute), false))
        {
            return;
        }

        string? error =
            method.DeclaringType != type ? $"must be declared on {type}, not inherited from {method.DeclaringType}"
            : RunMethod != null ? $"is on more than one method, also on {RunMethod}"
            : !method.IsPublic ? "must be public"
            : method.IsStatic ? "cannot be static"
            : method.ContainsGenericParameters ? "cannot have generic parameters"
            : !typeof(Task).IsAssignableFrom(method.ReturnType) ? "must return a Task"
            : InitConstructor != null && !HandlerRules.ParameterTypes(method).SequenceEqual(
                InitConstructor.GetParameters().Select(parameter => parameter.ParameterType))
                ? $"must have the parameter types of WorkflowInit on {InitConstructor}"
            : attribute.Dynamic && !HandlerRules.HasDynamicParameters(method, nameFirst: false)
                ? "of a dynamic workflow must accept an array of IRawValue"
            : null;
        if (error != null)
        {
            Errors.Add($"WorkflowRun on {method} {error}");
        }
        else
        {
            RunMethod = method;
        }
    }

    private void ReadDynamicOptions(MethodInfo method)
    {
        if (!method.IsDefined(typeof(WorkflowDynamicOptionsAttribute), false))
        {
            return;
        }

        string? error =
            !method.IsPublic || method.IsStatic ? "must be public and not static"
            : method.ReturnType != typeof(WorkflowDefinitionOptions) ? "must return WorkflowDefinitionOptions"
            : method.GetParameters().Length > 0 ? "must take no parameters"
            : !attribute.Dynamic ? "is for dynamic workflows only"
            : DynamicOptionsGetter != null ? "is on more than one method"
            : null;
        if (error != null)
        {
            Errors.Add($"WorkflowDynamicOptions method {method} {error}");
        }
        else
        {
            DynamicOptionsGetter =
                instance => (WorkflowDefinitionOptions)Unwrapped(() => method.Invoke(instance, null)!);
        }
    }

    private void ReadHandlers(MethodInfo method, Dictionary<string, MethodInfo> validators)
    {
        if (Defines<WorkflowSignalAttribute>(method))
        {
            Collect(() => AddSignal(WorkflowSignalDefinition.FromMethod(method)));
        }

        if (Defines<WorkflowQueryAttribute>(method))
        {
            Collect(() => AddQuery(WorkflowQueryDefinition.FromMethod(method)));
        }

        if (Defines<WorkflowUpdateAttribute>(method))
        {
            validators.Remove(method.Name, out var validator);
            Collect(() => AddUpdate(WorkflowUpdateDefinition.FromMethod(method, validator)));
        }
    }

    /// <summary>Whether the attribute is on this very method; on the overridden base method alone it is an error, because
    /// the override would silently be no handler.</summary>
    private bool Defines<TAttribute>(MethodInfo method)
        where TAttribute : Attribute
    {
        if (method.IsDefined(typeof(TAttribute), false))
        {
            return true;
        }

        if (method.GetBaseDefinition() is { } root && root != method && root.IsDefined(typeof(TAttribute), false))
        {
            var kind = typeof(TAttribute).Name.Replace("Attribute", string.Empty, StringComparison.Ordinal);
            Errors.Add($"{kind} on base definition of {method} but not override");
        }

        return false;
    }

    private void AddSignal(WorkflowSignalDefinition definition)
    {
        if (definition.Name == null ? DynamicSignal != null : !signals.TryAdd(definition.Name, definition))
        {
            Errors.Add($"{type} has more than one signal named {definition.Name ?? "(dynamic)"}");
        }
        else if (definition.Name == null)
        {
            DynamicSignal = definition;
        }
    }

    private void AddQuery(WorkflowQueryDefinition definition)
    {
        if (definition.Name == null ? DynamicQuery != null : !queries.TryAdd(definition.Name, definition))
        {
            Errors.Add($"{type} has more than one query named {definition.Name ?? "(dynamic)"}");
        }
        else if (definition.Name == null)
        {
            DynamicQuery = definition;
        }
    }

    private void AddUpdate(WorkflowUpdateDefinition definition)
    {
        if (definition.Name == null ? DynamicUpdate != null : !updates.TryAdd(definition.Name, definition))
        {
            Errors.Add($"{type} has more than one update named {definition.Name ?? "(dynamic)"}");
        }
        else if (definition.Name == null)
        {
            DynamicUpdate = definition;
        }
    }

    private void Collect(Action read)
    {
        try
        {
            read();
        }
        catch (ArgumentException e)
        {
            Errors.Add(e.Message);
        }
    }

    private static object Unwrapped(Func<object> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }
}
