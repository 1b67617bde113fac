using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>A library is scanned, changes, and is scanned again: only what changed is rendered.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder["data"];

    [Fact]
    public async Task Scan_OfNewLibrary_RendersEverythingOnce()
    {
        var library = folder.MakeLibrary(collections: 3, each: 7);
        var run = await Program.RunOnceAsync(Data, library);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("completed", run.Job.State());
        Assert.Equal(21, run.Job.Images("total"));
        Assert.Equal(21, run.Job.Images("rendered"));
        Assert.Equal(21, run.Job.Changes("added"));
        Assert.Equal(42, FinalState.Files(Data).Count);
    }

    [Fact]
    public async Task Rescan_AfterChanges_RendersOnlyWhatChanged()
    {
        var library = folder.MakeLibrary(collections: 2, each: 5);
        await Program.RunOnceAsync(Data, library);

        var unchanged = await Program.RunOnceAsync(Data, library);
        Assert.Equal(0, unchanged.ExitCode);
        Assert.Equal(0, unchanged.Job.Images("rendered"));
        Assert.Equal(0, unchanged.Job["bytesRead"]!.GetValue<long>());
        Assert.Equal(10, unchanged.Job.Images("skipped"));
        Assert.Equal(10, unchanged.Job.Changes("unchanged"));

        var touched = Path.Combine(library, "Collection 1", "picture 2.png");
        File.SetLastWriteTimeUtc(touched, File.GetLastWriteTimeUtc(touched).AddHours(1));
        var afterTouch = await Program.RunOnceAsync(Data, library);
        Assert.Equal(0, afterTouch.Job.Images("rendered"));
        Assert.Equal(0, afterTouch.Job.Changes("changed"));
        Assert.Equal(20, FinalState.Files(Data).Count);

        File.WriteAllBytes(Path.Combine(library, "Collection 1", "picture 3.png"), Png.Gradient(80, 60, 99));
        File.Delete(Path.Combine(library, "Collection 2", "picture 1.png"));
        var changed = await Program.RunOnceAsync(Data, library);
        Assert.Equal(0, changed.ExitCode);
        Assert.Equal(1, changed.Job.Images("rendered"));
        Assert.Equal(1, changed.Job.Changes("changed"));
        Assert.Equal(1, changed.Job.Changes("removed"));
    }

    [Fact]
    public async Task Rescan_AfterRenameOfFolder_KeepsDerivatives()
    {
        var library = folder.MakeLibrary(collections: 2, each: 5);
        await Program.RunOnceAsync(Data, library);
        var before = FinalState.Files(Data).Select(file => file.FullName).Order().ToList();
        Directory.Move(Path.Combine(library, "Collection 1"), Path.Combine(library, "Renamed"));
        var run = await Program.RunOnceAsync(Data, library);
        Assert.Equal(0, run.Job.Images("rendered"));
        Assert.Equal(5, run.Job.Changes("moved"));
        Assert.Equal(0, run.Job.Changes("removed"));
        Assert.Equal(before, FinalState.Files(Data).Select(file => file.FullName).Order());
    }

    [Fact]
    public async Task Overwrite_OfScannedLibrary_RendersAllAgainAndLeavesNoOrphan()
    {
        var library = folder.MakeLibrary(collections: 2, each: 5);
        await using var program = Program.Serve(Data, library);
        using var server = await program.ReadyAsync();
        var first = await Eventually.GetAsync(server.NewestJobAsync, TimeSpan.FromSeconds(30), "the first scan has started");
        await server.JobInStateAsync(first.Id(), TimeSpan.FromSeconds(60), "completed");
        var before = FinalState.Files(Data).Select(file => file.FullName).ToHashSet();

        var id = (await server.ListAsync("libraries"))[0].Id();
        var started = await server.PostAsync($"libraries/{id}/scan", new { overwriteExisting = true });
        var job = await server.JobInStateAsync(started["jobId"]!.GetValue<string>(), TimeSpan.FromSeconds(60), "completed");

        Assert.Equal(10, job.Images("rendered"));
        Assert.DoesNotContain(FinalState.Files(Data), file => before.Contains(file.FullName));
        await FinalState.AssertFilesMatchAsync(server, Data);
    }

    [Fact]
    public async Task Files_OfSameStemAndOfBothKinds_KeepSeparateDerivatives()
    {
        var library = Directory.CreateDirectory(folder["library"]).FullName;
        File.WriteAllBytes(Path.Combine(library, "a.png"), Png.Gradient(40, 30, 1));
        File.WriteAllBytes(Path.Combine(library, "a.jpg"), Png.Gradient(30, 40, 2));
        await using var program = Program.Serve(Data, library);
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, TimeSpan.FromSeconds(30), "the scan has started");
        await server.JobInStateAsync(job.Id(), TimeSpan.FromSeconds(60), "completed");
        await FinalState.AssertFilesMatchAsync(server, Data);
        Assert.Equal(4, FinalState.Files(Data).Count);
    }

    public void Dispose() => folder.Dispose();
}
