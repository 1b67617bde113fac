using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>A scan is killed in the middle of a batch, and the server process alone: what was finished is taken over.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task KillInMidBatch_AfterHeartbeat_TakesOverItsResults()
    {
        const int pictures = 50;
        var library = folder.MakeLibrary(collections: 1, each: pictures, width: 2200, height: 1500);
        var data = folder["data"];
        int heartbeated;
        int finished;
        await using (var program = Program.Serve(data, library, "--workers", "1"))
        {
            using var server = await program.ReadyAsync();
            var heartbeats = new Heartbeats(await server.EngineAsync());
            heartbeated = await heartbeats.ResultsAsync(atLeast: 5, Deadline);
            await program.KillAllAsync();
            finished = FinalState.Files(data).Count / 2;
        }
        Assert.InRange(finished, heartbeated, pictures - 1);
        var written = FinalState.WriteTimes(data);

        await using var again = Program.Serve(data);
        using var restarted = await again.ReadyAsync();
        var job = await restarted.JobInStateAsync((await restarted.NewestJobAsync())!.Id(), Deadline, "completed");
        Assert.Equal(pictures, job.Images("rendered") + job.Images("reused"));
        Assert.InRange(job.Images("reused"), 0, finished - heartbeated);
        FinalState.AssertNothingRewritten(written, data);
    }

    [Fact]
    public async Task KillOfServerProcessAlone_IsHealedBySupervisor()
    {
        var library = folder.MakeLibrary(collections: 10, each: 40, width: 400, height: 300);
        await using var program = Program.Serve(folder["data"], library, "--once");
        using (var server = await program.ReadyAsync())
        {
            await Eventually.TrueAsync(
                async () => await server.NewestJobAsync() is { } job && job.Done() >= 50, Deadline, "50 pictures are done");
        }
        ProcessTree.Kill(program.Tree().Skip(1));
        Assert.Equal(0, await program.ExitCodeAsync(Deadline));
        var run = new RunResult(0, program.Summary(), program.Errors);
        Assert.Equal("completed", run.Job.State());
        Assert.Equal(400, run.Job.Images("rendered") + run.Job.Images("reused"));
    }

    public void Dispose() => folder.Dispose();
}
