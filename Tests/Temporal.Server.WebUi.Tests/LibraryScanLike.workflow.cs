using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>A workflow with all that a person looks at: search attributes, children, timers, pending activities, queries, signals.</summary>
[Workflow("LibraryScan")]
public class LibraryScanLike
{
    public static readonly SearchAttributeKey<string> LibraryId = SearchAttributeKey.CreateKeyword("ImageLibraryId");
    public static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("ImageJobStage");
    public static readonly SearchAttributeKey<double> Progress = SearchAttributeKey.CreateDouble("ImageProgress");

    private bool paused;
    private bool finish;

    [WorkflowRun]
    public async Task<string> RunAsync(string library)
    {
        Workflow.UpsertTypedSearchAttributes(Stage.ValueSet("discovering"), Progress.ValueSet(0));
        await Workflow.ExecuteActivityAsync(
            () => ScanActivities.Discover(library), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        await Workflow.ExecuteChildWorkflowAsync(
            (CollectionLike child) => child.RunAsync("Holiday 2024"), new() { Id = $"{Workflow.Info.WorkflowId}/Holiday 2024" });
        Workflow.UpsertTypedSearchAttributes(Stage.ValueSet("rendering"), Progress.ValueSet(42.5));
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(10));
        await Workflow.ExecuteActivityAsync(
            (ScanActivities activities) => activities.RenderAsync(library),
            new()
            {
                // It reports once; what the pages show of it must still be true when a slow browser comes to them.
                StartToCloseTimeout = TimeSpan.FromHours(2),
                HeartbeatTimeout = TimeSpan.FromHours(1),
                RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50) },
            });
        await Workflow.WaitConditionAsync(() => finish);
        return "done";
    }

    [WorkflowSignal("pause")]
    public async Task PauseAsync()
    {
        await Task.CompletedTask;
        paused = true;
    }

    [WorkflowSignal("finish")]
    public async Task FinishAsync()
    {
        await Task.CompletedTask;
        finish = true;
    }

    [WorkflowQuery("progress")]
    public string Describe() => paused ? "paused" : "rendering, 42.5 %";
}

/// <summary>The child of <see cref="LibraryScanLike"/>.</summary>
[Workflow("CollectionProcessing")]
public class CollectionLike
{
    private string collection = "";

    [WorkflowRun]
    public async Task RunAsync(string name)
    {
        collection = name;
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(10));
    }

    [WorkflowQuery("collection")]
    public string Collection() => collection;
}

/// <summary>Activities that a person sees pending: the second fails once, then heartbeats until it is told to end.</summary>
public class ScanActivities(Task end)
{
    [Activity]
    public static int Discover(string library) => library.Length;

    [Activity]
    public async Task RenderAsync(string library)
    {
        var context = ActivityExecutionContext.Current;
        if (context.Info.Attempt == 1)
        {
            throw new ApplicationFailureException($"{library}: the first attempt fails");
        }

        context.Heartbeat("picture 17 of 40");
        await end.WaitAsync(context.CancellationToken);
    }
}
