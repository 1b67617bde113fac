using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The disk of the data folder, where derivatives and both databases lie, fills up.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Pictures = 200;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Scan_WithoutSpace_WaitsCanBeSteeredAndGoesOn()
    {
        var library = folder.MakeLibrary(collections: 4, each: Pictures / 4, width: 600, height: 400);
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 96);
        // Less than half of the derivatives fits beside what is kept for the databases.
        disk.Fill(but: 12 << 20);
        await using var program = Program.Serve(disk["data"], library);
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");

        var waiting = await server.JobInStateAsync(job.Id(), Deadline, "waiting", "completed");
        Assert.Equal(("waiting", "diskFull"), (waiting.State(), waiting["waiting"]!["reason"]!.GetValue<string>()));
        Assert.Contains(disk["data"], waiting["waiting"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await server.PostAsync($"jobs/{job.Id()}/pause");
        await server.JobInStateAsync(job.Id(), Deadline, "paused");
        await server.PostAsync($"jobs/{job.Id()}/resume");
        await server.JobInStateAsync(job.Id(), Deadline, "waiting");

        disk.Free();
        var ended = await server.JobInStateAsync(job.Id(), Deadline, "completed", "completedWithFailures", "failed");
        Assert.Equal(("completed", Pictures), (ended.State(), (int)(ended.Images("rendered") + ended.Images("reused"))));
        await FinalState.AssertFilesMatchAsync(server, disk["data"]);
    }

    [Fact]
    public async Task Start_WithoutSpace_SaysSo()
    {
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 1);
        Directory.CreateDirectory(disk["data"]);
        disk.Fill();
        await using var program = Program.Serve(disk["data"]);
        Assert.Equal(1, await program.ExitCodeAsync(Deadline));
        Assert.Contains("space", Assert.Single(program.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Contains(disk["data"], program.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
