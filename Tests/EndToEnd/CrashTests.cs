using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>Everything is killed at random moments of a scan; nothing is lost and nothing recorded is rendered again.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Seed = 20261;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task KillOfEverything_AtRandomMoments_LeavesTheUndisturbedState()
    {
        var kills = Repository.LongForms ? 20 : 5;
        var pictures = Repository.LongForms ? 3000 : 1200;
        var library = folder.MakeLibrary(collections: 30, each: pictures / 30, width: 400, height: 300);
        var expected = await UndisturbedAsync(library);

        var random = new Random(Seed);
        var data = folder["data"];
        for (var kill = 0; kill < kills; kill++)
        {
            await using var program = Program.Serve(data, kill == 0 ? [library] : []);
            using var server = await program.ReadyAsync();
            var job = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");
            var doneBefore = job.Done();

            // A share of what is left, so that the kills spread over the whole scan.
            var goal = doneBefore + random.Next(1, Math.Max(2, (int)(pictures - doneBefore) / (kills - kill + 1) * 2));
            await Eventually.TrueAsync(
                async () => (await server.GetAsync($"jobs/{job.Id()}")) is var now && (now.Done() >= goal || now.State() == "completed"),
                Deadline,
                $"{goal} pictures are done after restart {kill}");
            await program.KillAllAsync();
        }

        await using var last = Program.Serve(data);
        using var end = await last.ReadyAsync();
        var final = await end.JobInStateAsync((await end.NewestJobAsync())!.Id(), Deadline, "completed", "completedWithFailures", "failed");
        Assert.Equal("completed", final.State());
        Assert.Equal(pictures, final.Images("total"));
        Assert.Equal(pictures, final.Images("rendered") + final.Images("reused"));
        Assert.Equal(expected, await FinalState.ImagesAsync(end));
        await FinalState.AssertFilesMatchAsync(end, data);
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

    private async Task<IReadOnlyList<string>> UndisturbedAsync(string library)
    {
        await using var program = Program.Serve(folder["undisturbed"], library);
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the undisturbed scan has started");
        await server.JobInStateAsync(job.Id(), Deadline, "completed");
        return await FinalState.ImagesAsync(server);
    }

    public void Dispose() => folder.Dispose();
}
