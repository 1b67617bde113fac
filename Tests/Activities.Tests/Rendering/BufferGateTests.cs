using CsCheck;
using ImageLibrary.Activities;
using Xunit;

namespace ImageLibrary.Tests.Activities.Rendering;

public sealed class BufferGateTests
{
    [Fact]
    public async Task Release_SeveralWait_EarliestTurnIsServed() =>
        await Gen.Shuffle(Enumerable.Range(1, 12).ToArray()).SampleAsync(async order =>
        {
            var gate = new BufferGate(1, 100);
            var turns = Enumerable.Range(0, 13).Select(_ => gate.NextTurn()).ToArray();
            Assert.True(gate.TakeAsync(turns[0], 1, CancellationToken.None).IsCompletedSuccessfully);
            var waits = order.ToDictionary(at => at, at => gate.TakeAsync(turns[at], 1, CancellationToken.None));
            for (var at = 1; at <= 12; at++)
            {
                Assert.All(waits.Where(wait => wait.Key >= at), wait => Assert.False(wait.Value.IsCompleted));
                gate.Release(1);
                Assert.True(await waits[at].WaitAsync(TimeSpan.FromMinutes(2)));
            }
        }, iter: 50);

    [Fact]
    public async Task Take_StoppedWhileWaiting_TakesNoBuffer()
    {
        var gate = new BufferGate(1, 100);
        Assert.True(await gate.TakeAsync(gate.NextTurn(), 1, CancellationToken.None));
        using var stop = new CancellationTokenSource();
        var stopped = gate.TakeAsync(gate.NextTurn(), 1, stop.Token);
        var patient = gate.TakeAsync(gate.NextTurn(), 1, CancellationToken.None);

        await stop.CancelAsync();

        Assert.False(await stopped);
        Assert.False(await gate.TakeAsync(gate.NextTurn(), 1, stop.Token));
        gate.Release(1);
        Assert.True(await patient);
        gate.Release(1);
        Assert.True(await gate.TakeAsync(gate.NextTurn(), 1, CancellationToken.None));
    }

    [Fact]
    public async Task Grow_BeyondTheBytes_LetsNobodyInUntilAllIsReleased()
    {
        var gate = new BufferGate(4, 100);
        Assert.True(await gate.TakeAsync(gate.NextTurn(), 10, CancellationToken.None));
        gate.Grow(90);
        var next = gate.TakeAsync(gate.NextTurn(), 1, CancellationToken.None);
        Assert.False(next.IsCompleted);

        gate.Release(100);

        Assert.True(await next);
    }

    [Fact]
    public async Task Take_FilesAreLarge_OnlySoManyBytesAreInWorkAndGiantsAlone() =>
        await Gen.Long[1, 150].Array[1, 40].SampleAsync(async sizes =>
        {
            var gate = new BufferGate(4, 100);
            var waits = sizes.Select(size => gate.TakeAsync(gate.NextTurn(), size, CancellationToken.None)).ToArray();
            var ended = 0;
            while (ended < sizes.Length)
            {
                var begun = ended + gate.InWork;
                var inWork = sizes[ended..begun];
                Assert.True(inWork.Length is > 0 and <= 4);
                Assert.True(inWork.Length == 1 || inWork.Sum() <= 100);
                Assert.True(begun == sizes.Length || inWork.Length == 4 || inWork.Sum() + sizes[begun] > 100);
                Assert.True(await waits[ended]);
                gate.Release(sizes[ended++]);
            }
        }, iter: 100);
}
