namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Tasks that were begun and must have ended before a worker stops.</summary>
internal sealed class RunningTasks
{
    private readonly Lock gate = new();
    private readonly HashSet<Task> tasks = [];

    public void Add(Task task)
    {
        lock (gate)
        {
            tasks.Add(task);
        }

        _ = RemoveWhenDoneAsync(task);
    }

    /// <summary>Waits for all of them. They must not fail.</summary>
    public Task WhenDoneAsync()
    {
        lock (gate)
        {
            return Task.WhenAll([.. tasks]);
        }
    }

    private async Task RemoveWhenDoneAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            tasks.Remove(task);
        }
    }
}
