using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Tests.Worker;

/// <summary>Runs one activity by its name.</summary>
[Workflow]
public class OneActivity
{
    [WorkflowRun]
    public Task<string> RunAsync(string activity, string argument, int attempts) => Workflow.ExecuteActivityAsync<string>(
        activity,
        [argument],
        new()
        {
            StartToCloseTimeout = TimeSpan.FromMinutes(1),
            HeartbeatTimeout = TimeSpan.FromSeconds(20),
            RetryPolicy = new() { MaximumAttempts = attempts, InitialInterval = TimeSpan.FromMilliseconds(10) },
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        });
}

/// <summary>Collects signals until told to end; answers queries and updates.</summary>
[Workflow]
public class Collector
{
    private readonly List<string> items = [];
    private bool ended;

    [WorkflowQuery]
    public IReadOnlyList<string> Items => items;

    [WorkflowRun]
    public async Task<string> RunAsync(string first)
    {
        items.Insert(0, first);
        await Workflow.WaitConditionAsync(() => ended);
        return string.Join(",", items);
    }

    [WorkflowSignal]
    public Task AddAsync(string item)
    {
        items.Add(item);
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public Task<int> EndAsync(string last)
    {
        items.Add(last);
        ended = true;
        return Task.FromResult(items.Count);
    }

    [WorkflowUpdateValidator(nameof(EndAsync))]
    public void ValidateEnd(string last)
    {
        if (last.Length == 0)
        {
            throw new ArgumentException("Nothing to add");
        }
    }
}

/// <summary>Continues as new until the count is down.</summary>
[Workflow]
public class Countdown
{
    [WorkflowRun]
    public Task<string> RunAsync(int count) => count == 0
        ? Task.FromResult("done")
        : throw Workflow.CreateContinueAsNewException((Countdown workflow) => workflow.RunAsync(count - 1));
}
