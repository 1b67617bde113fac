using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Support;

/// <summary>Activities that several tests use.</summary>
public sealed class TestActivities
{
    /// <summary>Ids of the workflows whose activity is running.</summary>
    public ConcurrentDictionary<string, bool> Running { get; } = new();

    /// <summary>Set when the activity that hangs has ended.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Activity]
    public static string Greet(string name) => $"Hello, {name}!";

    [Activity]
    public static Task<int> AddAsync(int left, int right) => Task.FromResult(left + right);

    [Activity]
    public static void Fail(string message) =>
        throw new ApplicationFailureException(message, errorType: "TestFailure", nonRetryable: true);

    /// <summary>Runs until it is cancelled, heartbeating, then reports what it has done.</summary>
    [Activity]
    public async Task<string> WaitForCancelAsync()
    {
        var context = ActivityExecutionContext.Current;
        Running[context.Info.WorkflowId ?? string.Empty] = true;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            context.Heartbeat("alive");
            await Task.Delay(50, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return "stopped in order";
    }

    /// <summary>Sends no heartbeat, and has a callback that fails when the worker loses patience with it.</summary>
    [Activity]
    public async Task HangWithFailingCallbackAsync()
    {
        var token = ActivityExecutionContext.Current.CancellationToken;
        using var registration = token.Register(() => throw new InvalidOperationException("No process is associated with this object."));
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Ended.SetResult();
    }
}
