using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>Pause, resume and cancel take effect within the running pictures, and pause holds across a restart.</summary>
public sealed class PauseTests : IDisposable
{
    private const int Pictures = 400;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Job_PausedOverRestartThenResumedAndCancelled_KeepsWhatIsDone()
    {
        // Big enough that the job has seconds of work left whenever it is told something.
        var library = folder.MakeLibrary(collections: 4, each: Pictures / 4, width: 1600, height: 1200);
        string id;
        long atPause;
        await using (var program = Program.Serve(folder["data"], library))
        {
            using var server = await program.ReadyAsync();
            id = await RunningJobAsync(server);
            await server.PostAsync($"jobs/{id}/pause");
            var paused = await server.JobInStateAsync(id, Deadline, "paused");
            atPause = paused.Done();
            Assert.InRange(atPause, 1, Pictures - 1);
            Assert.Equal(0, await program.TerminateAsync());
        }

        await using var again = Program.Serve(folder["data"]);
        using var restarted = await again.ReadyAsync();
        var job = await restarted.GetAsync($"jobs/{id}");
        Assert.Equal("paused", job.State());
        Assert.Equal(atPause, job.Done());
        await restarted.PostAsync($"jobs/{id}/resume");
        await Eventually.TrueAsync(async () => (await restarted.GetAsync($"jobs/{id}")).Done() > atPause, Deadline, "the job goes on");

        await restarted.PostAsync($"jobs/{id}/cancel");
        var cancelled = await restarted.JobInStateAsync(id, Deadline, "cancelled");
        Assert.InRange(cancelled.Done(), atPause + 1, Pictures - 1);
        await FinalState.AssertFilesMatchAsync(restarted, folder["data"]);

        var libraryId = (await restarted.ListAsync("libraries"))[0].Id();
        var next = await restarted.PostAsync($"libraries/{libraryId}/scan");
        var done = await restarted.JobInStateAsync(next["jobId"]!.GetValue<string>(), Deadline, "completed");
        Assert.Equal(Pictures - cancelled.Images("rendered"), done.Images("rendered"));
    }

    [Fact]
    public async Task Commands_OfOfficialCommandLine_PauseResumeCancelAndTerminate()
    {
        // Many collections, later one at a time: the scan has long work before it when it is cancelled.
        var library = folder.MakeLibrary(collections: 80, each: 15, width: 600, height: 400);
        await using var program = Program.Serve(folder["data"], library);
        using var server = await program.ReadyAsync();
        var temporal = new TemporalCli(server.EngineAddress);
        var id = await RunningJobAsync(server);
        var workflow = (await server.GetAsync($"jobs/{id}"))["workflowId"]!.GetValue<string>();

        await temporal.RunAsync("workflow", "signal", "--workflow-id", workflow, "--name", "pause");
        var paused = await server.JobInStateAsync(id, Deadline, "paused");

        await temporal.RunAsync("workflow", "update", "execute", "--workflow-id", workflow, "--name", "setConcurrency", "--input", "1");
        await temporal.RunAsync("workflow", "signal", "--workflow-id", workflow, "--name", "resume");
        await Eventually.TrueAsync(
            async () => (await server.GetAsync($"jobs/{id}")).Done() > paused.Done(), Deadline, "the job goes on");
        await temporal.RunAsync("workflow", "cancel", "--workflow-id", workflow);
        await server.JobInStateAsync(id, Deadline, "cancelled");
        var listed = await temporal.RunAsync("workflow", "list", "--query", "ImageJobType = 'scan' AND ExecutionStatus = 'Canceled'");
        Assert.Contains(workflow, listed, StringComparison.Ordinal);

        // Terminated, it cannot end its job itself.
        var libraryId = (await server.ListAsync("libraries"))[0].Id();
        var second = (await server.PostAsync($"libraries/{libraryId}/scan"))["jobId"]!.GetValue<string>();
        await server.PostAsync($"jobs/{second}/pause");
        await server.JobInStateAsync(second, Deadline, "paused");
        await temporal.RunAsync("workflow", "terminate", "--workflow-id", workflow, "--reason", "no more");
        var terminated = await server.JobInStateAsync(second, Deadline, "cancelled");
        Assert.Equal("Its workflow was terminated.", terminated["error"]!.GetValue<string>());
    }

    private static async Task<string> RunningJobAsync(Server server)
    {
        var job = await Eventually.GetAsync(
            async () => await server.NewestJobAsync() is { } found && found.Done() >= 20 ? found : null, Deadline, "20 pictures are done");
        return job.Id();
    }

    public void Dispose() => folder.Dispose();
}
