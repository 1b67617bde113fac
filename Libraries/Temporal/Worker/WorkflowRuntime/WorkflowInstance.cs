using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>One run of a workflow in memory: the user's object, the task scheduler on which all of its code runs, and what
/// the code sees of the outside. Never used by two threads at once.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The cancellation source holds nothing to release, and evicted code may still use its token.")]
internal sealed partial class WorkflowInstance : TaskScheduler, IWorkflowContext
{
    private static readonly AsyncLocal<WorkflowUpdateInfo?> CurrentUpdate = new();

    private readonly WorkflowRuntimeOptions options;
    private readonly WorkflowDefinition definition;
    private readonly WorkflowMachines machines;
    private readonly DataConverter converter;
    private readonly TaskFactory taskFactory;
    private readonly CancellationTokenSource cancellation = new();
    private readonly WorkflowInboundInterceptor inbound;
    private readonly WorkflowOutboundInterceptor outbound;
    private readonly HandlerTable<WorkflowSignalDefinition> signals;
    private readonly HandlerTable<WorkflowQueryDefinition> queries;
    private readonly HandlerTable<WorkflowUpdateDefinition> updates;
    private readonly Dictionary<string, IRawValue> memo;
    private readonly WorkflowDefinitionOptions definitionOptions;
    private readonly Payloads? startArguments;
    private readonly Api.Common.V1.RetryPolicy? retryPolicy;
    private readonly ILogger logger;
    private DeterministicRandom random;
    private Activation activation;
    private object? instance;
    private bool isReadOnly;
    private bool runsMain;

    /// <summary>Makes the instance; the user's object is made when the first activation runs.</summary>
    public WorkflowInstance(
        WorkflowRuntimeOptions options,
        WorkflowDefinition definition,
        WorkflowStart start,
        WorkflowMachines machines,
        DataConverter converter)
    {
        this.options = options;
        this.definition = definition;
        this.machines = machines;
        this.converter = converter;
        taskFactory = new(default, TaskCreationOptions.None, TaskContinuationOptions.ExecuteSynchronously, this);
        Info = start.Info;
        startArguments = start.Arguments;
        retryPolicy = start.RetryPolicy;
        activation = machines.InitialActivation;
        random = new(RandomSeed.Of(Info.OriginalExecutionRunId));
        memo = start.Memo.ToDictionary(field => field.Key, field => (IRawValue)new RawValue(field.Value));
        TypedSearchAttributes = start.SearchAttributes.Copy();
        logger = options.LoggerFactory.CreateLogger($"Temporalio.Workflow:{Info.WorkflowType}");
        Logger = new ReplaySafeLogger(logger, this);
        definitionOptions = new()
        {
            FailureExceptionTypes = definition.FailureExceptionTypes,
            VersioningBehavior = definition.VersioningBehavior ?? Common.VersioningBehavior.Unspecified,
        };
        signals = new(this, definition.Signals, definition.DynamicSignal, d => d.Name, DeliverWaitingSignals);
        queries = new(this, definition.Queries, definition.DynamicQuery, d => d.Name, null);
        updates = new(this, definition.Updates, definition.DynamicUpdate, d => d.Name, null);

        var root = new RootInboundInterceptor(this);
        inbound = options.Interceptors.Reverse().Aggregate(
            (WorkflowInboundInterceptor)root, (next, interceptor) => interceptor.InterceptWorkflow(next));
        inbound.Init(new RootOutboundInterceptor(this, machines, converter, RunOnScheduler));
        outbound = root.Outbound!;
    }

    public bool AllHandlersFinished => runningHandlers.Count == 0;

    public CancellationToken CancellationToken => cancellation.Token;

    public bool ContinueAsNewSuggested => activation.ContinueAsNewSuggested;

    public IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons => activation.SuggestedReasons;

    public string CurrentBuildId => options.BuildId;

    public string CurrentDetails
    {
        get => field;
        set
        {
            RequireWritable("set current details");
            field = value;
        }
    } = string.Empty;

    public int CurrentHistoryLength => activation.HistoryLength;

    public int CurrentHistorySize => activation.HistorySize;

    public WorkflowUpdateInfo? CurrentUpdateInfo => CurrentUpdate.Value;

    public WorkflowQueryDefinition? DynamicQuery
    {
        get => queries.Dynamic;
        set => queries.Dynamic = value;
    }

    public WorkflowSignalDefinition? DynamicSignal
    {
        get => signals.Dynamic;
        set => signals.Dynamic = value;
    }

    public WorkflowUpdateDefinition? DynamicUpdate
    {
        get => updates.Dynamic;
        set => updates.Dynamic = value;
    }

    public WorkflowInfo Info { get; }

    public object Instance => instance ??= CreateInstance();

    public bool IsReplaying => activation.IsReplaying;

    public bool IsReplayingHistoryEvents => activation.IsReplaying && !isReadOnly;

    public ILogger Logger { get; }

    public IReadOnlyDictionary<string, IRawValue> Memo => memo;

    public IPayloadConverter PayloadConverter => converter.PayloadConverter;

    public IDictionary<string, WorkflowQueryDefinition> Queries => queries;

    public DeterministicRandom Random => random;

    public IDictionary<string, WorkflowSignalDefinition> Signals => signals;

    public SearchAttributeCollection TypedSearchAttributes { get; }

    public IDictionary<string, WorkflowUpdateDefinition> Updates => updates;

    public DateTime UtcNow => activation.Time;

    /// <summary>How the run moves between worker versions.</summary>
    public VersioningBehavior VersioningBehavior => definitionOptions.VersioningBehavior;

    /// <summary>Whether leaving the scheduler is noticed at the moment.</summary>
    public bool NoticesLeavingScheduler { get; private set; } = true;

    /// <summary>Refuses what queries and validators must not do.</summary>
    public void RequireWritable(string operation)
    {
        if (isReadOnly)
        {
            throw new InvalidOperationException($"Cannot {operation} in a query or an update validator");
        }
    }

    public T WithTracingEventListenerDisabled<T>(Func<T> fn)
    {
        var before = NoticesLeavingScheduler;
        var commands = machines.IssuedCommands;
        NoticesLeavingScheduler = false;
        try
        {
            var result = fn();
            return machines.IssuedCommands == commands
                ? result
                : throw new InvalidOperationException("Code outside of the workflow's scheduler issued commands");
        }
        finally
        {
            NoticesLeavingScheduler = before;
        }
    }

    // Lazy, because the constructor is workflow code and must run on the scheduler.
    private object CreateInstance()
    {
        var created = definition.CreateWorkflowInstance(DecodeStartArguments());
        instance = created;
        if (definition.DynamicOptionsGetter?.Invoke(created) is { } dynamicOptions)
        {
            definitionOptions.FailureExceptionTypes =
                dynamicOptions.FailureExceptionTypes ?? definitionOptions.FailureExceptionTypes;
            definitionOptions.VersioningBehavior =
                dynamicOptions.VersioningBehavior == VersioningBehavior.Unspecified
                    ? definitionOptions.VersioningBehavior
                    : dynamicOptions.VersioningBehavior;
        }

        return created;
    }

    private object?[] DecodeStartArguments() => DecodeArguments(
        definition.RunMethod, startArguments, $"Workflow {Info.WorkflowType}", definition.Dynamic, null);
}
