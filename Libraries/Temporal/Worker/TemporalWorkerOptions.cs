using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker;

/// <summary>Options of a worker: its task queue, what it runs and how much at a time.</summary>
public partial class TemporalWorkerOptions : ICloneable
{
    /// <summary>Slots of a kind that the options do not number.</summary>
    internal const int DefaultSlots = 100;

    private List<ActivityDefinition> activities = [];

    /// <summary>Creates options without a task queue.</summary>
    public TemporalWorkerOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="taskQueue">The task queue.</param>
    public TemporalWorkerOptions(string taskQueue) => TaskQueue = taskQueue;

    /// <summary>The task queue, required.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>The activities that it runs.</summary>
    public IList<ActivityDefinition> Activities => activities;

    /// <summary>Interceptors of what it runs, in addition to the client's; the first is the outermost.</summary>
    public IReadOnlyCollection<IWorkerInterceptor>? Interceptors { get; set; }

    /// <summary>Version of the worker's code, null for the id of the entry assembly's module.</summary>
    public string? BuildId { get; set; }

    /// <summary>Who the worker is, null for the client's identity.</summary>
    public string? Identity { get; set; }

    /// <summary>How the worker takes part in a worker deployment, null for not.</summary>
    public WorkerDeploymentOptions? DeploymentOptions { get; set; }

    /// <summary>Most workflows that are kept in memory between their tasks; 0 keeps none. Default 10,000.</summary>
    public int MaxCachedWorkflows { get; set; } = 10000;

    /// <summary>Most workflow tasks at a time, null for 100.</summary>
    public int? MaxConcurrentWorkflowTasks { get; set; }

    /// <summary>Most activities at a time, null for 100.</summary>
    public int? MaxConcurrentActivities { get; set; }

    /// <summary>Most local activities at a time, null for 100.</summary>
    public int? MaxConcurrentLocalActivities { get; set; }

    /// <summary>Whether remote activities are left to other workers.</summary>
    public bool LocalActivityWorkerOnly { get; set; }

    /// <summary>Time within which the server gives a task of a kept workflow to this worker alone. Default 10 s.</summary>
    public TimeSpan StickyQueueScheduleToStartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most polls for workflow tasks at a time. Default 5.</summary>
    public int MaxConcurrentWorkflowTaskPolls { get; set; } = 5;

    /// <summary>Share of those polls that ask for tasks of workflows that are not kept, when workflows are kept. Default 0.2.</summary>
    public float NonStickyToStickyPollRatio { get; set; } = 0.2F;

    /// <summary>Most polls for activities at a time. Default 5.</summary>
    public int MaxConcurrentActivityTaskPolls { get; set; } = 5;

    /// <summary>Longest time for which heartbeats of one activity are held back. Default 60 s.</summary>
    public TimeSpan MaxHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for which heartbeats of an activity without heartbeat timeout are held back. Default 30 s.</summary>
    public TimeSpan DefaultHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most activities that this worker starts in a second, null for no limit.</summary>
    public double? MaxActivitiesPerSecond { get; set; }

    /// <summary>Most activities that the whole task queue starts in a second, null for no limit.</summary>
    public double? MaxTaskQueueActivitiesPerSecond { get; set; }

    /// <summary>Most activities that one workflow task may start on this worker without the task queue. Default 3.</summary>
    public int MaxEagerActivityReservationsPerWorkflowTask { get; set; } = 3;

    /// <summary>Whether activities always go through the task queue.</summary>
    public bool DisableEagerActivityExecution { get; set; }

    /// <summary>Time for which running activities may go on after shutdown has begun, before they are cancelled. Default none.</summary>
    public TimeSpan GracefulShutdownTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>Starts activities.</summary>
    public TaskFactory ActivityTaskFactory { get; set; } = Task.Factory;

    /// <summary>Exceptions that fail a workflow, rather than its task, in addition to failure exceptions.</summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    /// <summary>Whether deadlock detection is off, as when a debugger halts the code. Default true under a debugger.</summary>
    public bool DebugMode { get; set; } = System.Diagnostics.Debugger.IsAttached || Environment.GetEnvironmentVariable("TEMPORAL_DEBUG") is "1" or "true";

    /// <summary>Whether leaving the workflow's task scheduler goes unnoticed.</summary>
    public bool DisableWorkflowTracingEventListener { get; set; }

    /// <summary>Where the worker logs, null for the client's.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Adds an activity by its method.</summary>
    /// <param name="del">Delegate of a method with <see cref="ActivityAttribute" />.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddActivity(Delegate del) => AddActivity(ActivityDefinition.Create(del));

    /// <summary>Adds an activity.</summary>
    /// <param name="definition">The activity.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddActivity(ActivityDefinition definition)
    {
        activities.Add(definition);
        return this;
    }

    /// <summary>Adds all activities of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="instance">Where instance methods run, null when there are static ones only.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddAllActivities<T>(T? instance) => AddAllActivities(typeof(T), instance);

    /// <summary>Adds all activities of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="instance">Where instance methods run, null when there are static ones only.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddAllActivities(Type type, object? instance)
    {
        activities.AddRange(ActivityDefinition.CreateAll(type, instance));
        return this;
    }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (TemporalWorkerOptions)MemberwiseClone();
        copy.activities = [.. activities];
        copy.DeploymentOptions = (WorkerDeploymentOptions?)DeploymentOptions?.Clone();
        copy.CopyWorkflows();
        return copy;
    }

    /// <summary>Gives a copy its own list of workflows; implemented beside that list.</summary>
    partial void CopyWorkflows();
}
