using System.Diagnostics;
using ImageLibrary.Activities;
using Xunit;

namespace ImageLibrary.Tests.Activities.Rendering;

public sealed class BackgroundThreadsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);
    private readonly ActivitySettings one = Settings.With(memory: 1 << 20) with { Workers = 1 };

    [Fact]
    public async Task RunLong_WorkBeyondTheDeadline_IsWaitedFor()
    {
        // Long enough that even a busy machine lets the thread work for a moment within it.
        var deadline = 4 * Deadline;
        using var never = new ManualResetEventSlim();
        using var threads = new ReadPool(one);
        using var result = await threads.RunLongAsync(Unpack, deadline, TimeProvider.System);
        Assert.True(result.Took > 2 * deadline);

        Result Unpack()
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed <= 2 * deadline)
            {
                Thread.SpinWait(100_000);
                never.Wait(TimeSpan.FromMilliseconds(10));
            }
            return new Result { Took = clock.Elapsed };
        }
    }

    [Fact]
    public async Task RunLong_WorkThatHangs_IsGivenUpAndItsThreadReplaced()
    {
        using var answer = new ManualResetEventSlim();
        var late = new Result();
        using var threads = new ReadPool(one);

        await Assert.ThrowsAsync<TimeoutException>(() => threads.RunLongAsync(Hang, Deadline, TimeProvider.System));
        Assert.True(await threads.RunAsync(() => true).WaitAsync(TimeSpan.FromMinutes(2)));

        answer.Set();
        await late.Disposed.Task.WaitAsync(TimeSpan.FromMinutes(2));

        Result Hang()
        {
            answer.Wait();
            return late;
        }
    }

    private sealed class Result : IDisposable
    {
        public TimeSpan Took { get; init; }

        public TaskCompletionSource Disposed { get; } = new();

        public void Dispose() => Disposed.TrySetResult();
    }
}
