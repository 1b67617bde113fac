using CsCheck;
using ImageLibrary.Activities;
using Xunit;

namespace ImageLibrary.Tests.Activities.Rendering;

public sealed class MemoryBudgetTests
{
    private const long Budget = 100;

    [Fact]
    public void Take_AnyMixOfSizes_NeverExceedsTheBudgetAndAdmitsEveryone() =>
        Gen.Long[1, Budget].Array[1, 40].Sample(
            sizes =>
            {
                using var memory = new MemoryBudget(Settings.With(Budget));
                var most = 0L;
                Parallel.ForEach(sizes, new ParallelOptions { MaxDegreeOfParallelism = 8 }, size =>
                {
                    using var taken = memory.Take(size);
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
        var first = memory.Take(60);
        using var taken = new ManualResetEventSlim();
        var second = new Thread(() =>
        {
            using var admitted = memory.Take(50);
            taken.Set();
        });
        second.Start();

        Assert.False(taken.Wait(TimeSpan.FromMilliseconds(50)));
        first.Dispose();

        Assert.True(taken.Wait(TimeSpan.FromMinutes(2)));
        second.Join();
    }

    [Fact]
    public void Take_LargerThanTheBudget_IsOutsideOfItAndOneAtATime()
    {
        using var memory = new MemoryBudget(Settings.With(Budget));
        using var small = memory.Take(Budget);
        var giant = memory.Take(Budget + 1);
        using var taken = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            using var admitted = memory.Take(Budget * 5);
            taken.Set();
        });
        other.Start();

        Assert.Equal(Budget, memory.Used);
        Assert.False(taken.Wait(TimeSpan.FromMilliseconds(50)));
        giant.Dispose();

        Assert.True(taken.Wait(TimeSpan.FromMinutes(2)));
        other.Join();
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var former && former == seen ? value : former;
        }
    }
}
