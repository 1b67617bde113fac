using System.Diagnostics;
using System.Globalization;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>
/// Everything is killed at random moments of a scan, and in the middle of a batch: nothing is lost, nothing that is finished is
/// rendered again, and it goes on soon.
/// </summary>
[Collection(nameof(Alone))]
[Trait("alone", "yes")]
public sealed class CrashTests : IDisposable
{
    private const int Seed = 20261;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(Repository.LongForms ? 20 : 10);
    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(3);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task KillOfEverything_AtRandomMoments_LeavesTheUndisturbedState()
    {
        var kills = Repository.LongForms ? 20 : 5;
        var pictures = Repository.LongForms ? 3000 : 900;
        var library = folder.MakeLibrary(collections: 30, each: pictures / 30, width: 400, height: 300);
        var expected = await FinalState.OfUndisturbedAsync(folder["undisturbed"], library, Deadline);

        var random = new Random(Seed);
        var data = folder["data"];
        var written = new Dictionary<string, DateTime>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var program = Program.Serve(data, kill == 0 ? [library] : []);
            using var server = await program.ReadyAsync();
            var job = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");
            await AssertGoesOnAsync(server, job.Id(), data);

            // A share of what is left, so that the kills spread over the whole scan.
            var files = FinalState.Files(data).Count;
            var goal = files + random.Next(1, Math.Max(2, (2 * pictures - files) / (kills - kill + 1) * 2));
            await Eventually.TrueAsync(
                async () => FinalState.Files(data).Count >= goal || (await server.GetAsync($"jobs/{job.Id()}")).State() == "completed",
                Deadline,
                $"{goal} derivatives are written after restart {kill}");
            await program.KillAllAsync();
            FinalState.AssertNothingRewritten(written, data);
            written = FinalState.WriteTimes(data);
        }

        await using var last = Program.Serve(data);
        using var end = await last.ReadyAsync();
        var final = await end.JobInStateAsync((await end.NewestJobAsync())!.Id(), Deadline, "completed", "completedWithFailures", "failed");
        Assert.Equal("completed", final.State());
        Assert.Equal(pictures, final.Images("total"));
        Assert.Equal(pictures, final.Images("rendered") + final.Images("reused"));
        Assert.Equal(expected, await FinalState.ImagesAsync(end));
        await FinalState.AssertFilesMatchAsync(end, data);
        FinalState.AssertNothingRewritten(written, data);
        await end.AssertHistoriesAreShortAsync();
    }

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

    private static async Task AssertGoesOnAsync(Server server, string jobId, string data)
    {
        var clock = Stopwatch.StartNew();
        var files = FinalState.Files(data).Count;
        await Eventually.TrueAsync(
            async () => FinalState.Files(data).Count > files || (await server.GetAsync($"jobs/{jobId}")).State() == "completed",
            Deadline,
            "the scan goes on");
        Assert.True(clock.Elapsed < Patience(), $"the scan went on only after {clock.Elapsed.TotalSeconds:0.0} s");
    }

    // Rendering gives way to everything else, so that a machine with other work starts it later.
    private static TimeSpan Patience()
    {
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return GoesOnWithin * Math.Max(1, load / Environment.ProcessorCount);
    }

    public void Dispose() => folder.Dispose();
}
