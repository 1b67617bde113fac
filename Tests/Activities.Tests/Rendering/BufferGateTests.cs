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
            var gate = new BufferGate(1);
            var turns = Enumerable.Range(0, 13).Select(_ => gate.NextTurn()).ToArray();
            Assert.True(gate.TakeAsync(turns[0], CancellationToken.None).IsCompletedSuccessfully);
            var waits = order.ToDictionary(at => at, at => gate.TakeAsync(turns[at], CancellationToken.None));
            for (var at = 1; at <= 12; at++)
            {
                Assert.All(waits.Where(wait => wait.Key >= at), wait => Assert.False(wait.Value.IsCompleted));
                gate.Release();
                Assert.True(await waits[at].WaitAsync(TimeSpan.FromSeconds(10)));
            }
        }, iter: 50);

    [Fact]
    public async Task Take_StoppedWhileWaiting_TakesNoBuffer()
    {
        var gate = new BufferGate(1);
        Assert.True(await gate.TakeAsync(gate.NextTurn(), CancellationToken.None));
        using var stop = new CancellationTokenSource();
        var stopped = gate.TakeAsync(gate.NextTurn(), stop.Token);
        var patient = gate.TakeAsync(gate.NextTurn(), CancellationToken.None);

        await stop.CancelAsync();

        Assert.False(await stopped);
        Assert.False(await gate.TakeAsync(gate.NextTurn(), stop.Token));
        gate.Release();
        Assert.True(await patient);
        gate.Release();
        Assert.True(await gate.TakeAsync(gate.NextTurn(), CancellationToken.None));
    }
}
