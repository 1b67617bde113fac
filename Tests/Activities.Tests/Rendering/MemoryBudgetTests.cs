using CsCheck;
using ImageLibrary.Activities;
using Xunit;

namespace ImageLibrary.Tests.Activities.Rendering;

public sealed class MemoryBudgetTests
{
    private const long Budget = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void Take_AnyMixOfSizes_NeverExceedsTheBudgetAndAdmitsEveryone() =>
        Gen.Long[1, Budget].Array[1, 40].Sample(
            sizes =>
            {
                using var memory = new MemoryBudget(Settings.With(Budget));
                var most = 0L;
                Parallel.ForEach(sizes, new ParallelOptions { MaxDegreeOfParallelism = 8 }, size =>
                {
                    using var taken = memory.Take(size, CancellationToken.None);
                    InterlockedMax(ref most, memory.Used);
                });
                return most <= Budget && memory.Used == 0;
            },
            iter: 50,
            threads: 1);

    [Fact]
    public void Take_FullBudget_WaitsUntilMemoryIsGivenBack()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        var first = memory.Take(60, CancellationToken.None);
        using var taken = new ManualResetEventSlim();
        var second = new Thread(() =>
        {
            using var admitted = memory.Take(50, CancellationToken.None);
            taken.Set();
        });
        second.Start();

        Assert.False(taken.Wait(TimeSpan.FromMilliseconds(50)));
        first.Dispose();

        Assert.True(taken.Wait(Patience));
        second.Join();
    }

    [Fact]
    public void Take_LargerThanTheBudget_IsOutsideOfItAndOneAtATime()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        using var small = memory.Take(Budget, CancellationToken.None);
        var giant = memory.Take(Budget + 1, CancellationToken.None);
        using var taken = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            using var admitted = memory.Take(Budget * 5, CancellationToken.None);
            taken.Set();
        });
        other.Start();

        Assert.Equal(Budget, memory.Used);
        Assert.False(taken.Wait(TimeSpan.FromMilliseconds(50)));
        giant.Dispose();

        Assert.True(taken.Wait(Patience));
        other.Join();
    }

    [Fact]
    public void Take_CancelledWhileItWaits_EndsAndLetsTheNextOneIn()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        using var first = memory.Take(60, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        using var taken = new ManualResetEventSlim();
        Exception? thrown = null;
        var second = Start(() => thrown = Record.Exception(() => memory.Take(50, stop.Token)));
        AwaitBlocked(second);
        var third = Start(() =>
        {
            using var admitted = memory.Take(40, CancellationToken.None);
            taken.Set();
        });
        AwaitBlocked(third);
        Assert.False(taken.IsSet);

        stop.Cancel();

        Assert.True(second.Join(Patience));
        Assert.True(third.Join(Patience));
        Assert.IsType<OperationCanceledException>(thrown);
        Assert.True(taken.IsSet);
        Assert.Equal(60, memory.Used);
    }

    [Fact]
    public void Take_LargerThanTheBudgetCancelledWhileItWaits_Ends()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        using var stop = new CancellationTokenSource();
        Exception? thrown = null;
        using (memory.Take(Budget + 1, CancellationToken.None))
        {
            var other = Start(() => thrown = Record.Exception(() => memory.Take(Budget + 1, stop.Token)));
            AwaitBlocked(other);
            stop.Cancel();
            Assert.True(other.Join(Patience));
        }

        Assert.IsType<OperationCanceledException>(thrown);
        memory.Take(Budget + 1, CancellationToken.None).Dispose();
    }

    /// <summary>A cancellation may come at the moment of the admission, which must then be given back.</summary>
    [Fact]
    public void Take_CancelledAtAnyMoment_LosesNothingOfTheBudget()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        using var patience = new CancellationTokenSource(Patience);
        var cancelled = 0;
        for (var round = 0; round < 300; round++)
        {
            using var stop = new CancellationTokenSource();
            using var start = new Barrier(3);
            var first = memory.Take(60, patience.Token);
            var waits = Start(() =>
            {
                start.SignalAndWait();
                try
                {
                    memory.Take(50, stop.Token).Dispose();
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            });
            var gives = Start(() =>
            {
                start.SignalAndWait();
                first.Dispose();
            });
            start.SignalAndWait();
            stop.Cancel();
            Assert.True(waits.Join(Patience));
            Assert.True(gives.Join(Patience));
        }

        Assert.InRange(cancelled, 1, 300);
        Assert.Equal(0, memory.Used);
        memory.Take(Budget, patience.Token).Dispose();
    }

    [Fact]
    public void Take_CancelledBefore_EndsAtOnce()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        using var first = memory.Take(60, CancellationToken.None);

        Assert.ThrowsAny<OperationCanceledException>(() => memory.Take(50, new CancellationToken(canceled: true)));
        Assert.ThrowsAny<OperationCanceledException>(() => memory.Take(Budget + 1, new CancellationToken(canceled: true)));

        Assert.Equal(60, memory.Used);
        memory.Take(40, CancellationToken.None).Dispose();
        memory.Take(Budget + 1, CancellationToken.None).Dispose();
    }

    [Fact]
    public void Take_BesideHeldMemory_WaitsUnlessNothingElseRuns()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        memory.Hold(60);
        var first = memory.Take(90, CancellationToken.None);
        var held = Start(() => memory.Take(5, CancellationToken.None).Dispose());
        AwaitBlocked(held);
        first.Dispose();
        Assert.True(held.Join(Patience));

        using var second = memory.Take(40, CancellationToken.None);
        var waits = Start(() => memory.Take(1, CancellationToken.None).Dispose());
        AwaitBlocked(waits);
        memory.Hold(-60);
        Assert.True(waits.Join(Patience));
    }

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        return thread;
    }

    private static void AwaitBlocked(Thread thread) =>
        Assert.True(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience));

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var former && former == seen ? value : former;
        }
    }
}
