using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>A library is scanned, changes, and is scanned again: only what changed is rendered.</summary>
public sealed class MainJobTests(SharedServer shared) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder["data"];

    [Fact]
    public async Task Once_OfNewLibrary_RendersEverythingOnceAndNothingTheSecondTime()
    {
        var library = folder.MakeLibrary(collections: 3, each: 7);
        var run = await Program.RunOnceAsync(Data, library);
        Assert.Equal((0, "completed"), (run.ExitCode, run.Job.State()));
        Assert.Equal((21, 21, 21), (run.Job.Images("total"), run.Job.Images("rendered"), run.Job.Changes("added")));
        Assert.Equal(42, FinalState.Files(Data).Count);

        var again = await Program.RunOnceAsync(Data, library);
        Assert.Equal((0, "completed"), (again.ExitCode, again.Job.State()));
        Assert.Equal((21, 0, 0), (again.Job.Images("skipped"), again.Job.Images("rendered"), again.Job["bytesRead"]!.GetValue<long>()));
        Assert.Equal(42, FinalState.Files(Data).Count);
    }

    [Fact]
    public async Task Rescan_AfterChanges_RendersOnlyWhatChanged()
    {
        var root = folder.MakeLibrary(collections: 2, each: 5);
        using var server = await shared.GetAsync();
        var library = (await server.AddAndScanAsync(root))["libraryId"]!.GetValue<string>();
        var files = await FinalState.FilesOfAsync(server, library, shared.Data);
        Assert.Equal(20, files.Count);

        var unchanged = await server.ScanAsync(library);
        Assert.Equal((0, 10, 10), (unchanged.Images("rendered"), unchanged.Images("skipped"), unchanged.Changes("unchanged")));
        Assert.Equal(0, unchanged["bytesRead"]!.GetValue<long>());

        var touched = Path.Combine(root, "Collection 1", "picture 2.png");
        File.SetLastWriteTimeUtc(touched, File.GetLastWriteTimeUtc(touched).AddHours(1));
        var afterTouch = await server.ScanAsync(library);
        Assert.Equal((0, 0), (afterTouch.Images("rendered"), afterTouch.Changes("changed")));
        Assert.Equal(files, await FinalState.FilesOfAsync(server, library, shared.Data));

        File.WriteAllBytes(Path.Combine(root, "Collection 1", "picture 3.png"), Png.Gradient(80, 60, 99));
        File.Delete(Path.Combine(root, "Collection 2", "picture 1.png"));
        var changed = await server.ScanAsync(library);
        Assert.Equal((1, 1, 1), (changed.Images("rendered"), changed.Changes("changed"), changed.Changes("removed")));
    }

    [Fact]
    public async Task Rescan_AfterRenameOfFolder_KeepsDerivatives()
    {
        var root = folder.MakeLibrary(collections: 2, each: 5);
        using var server = await shared.GetAsync();
        var library = (await server.AddAndScanAsync(root))["libraryId"]!.GetValue<string>();
        var before = await FinalState.FilesOfAsync(server, library, shared.Data);
        Directory.Move(Path.Combine(root, "Collection 1"), Path.Combine(root, "Renamed"));
        var job = await server.ScanAsync(library);
        Assert.Equal((0, 5, 0), (job.Images("rendered"), job.Changes("moved"), job.Changes("removed")));
        Assert.Equal(before, await FinalState.FilesOfAsync(server, library, shared.Data));
    }

    [Fact]
    public async Task CollectionScan_OverRest_TakesItsOwnChangesOnly()
    {
        var root = folder.MakeLibrary(collections: 2, each: 3);
        using var server = await shared.GetAsync();
        var library = (await server.AddAndScanAsync(root))["libraryId"]!.GetValue<string>();
        File.WriteAllBytes(Path.Combine(root, "Collection 1", "picture 1.png"), Png.Gradient(80, 60, 99));
        File.WriteAllBytes(Path.Combine(root, "Collection 2", "picture 1.png"), Png.Gradient(80, 60, 98));
        var collection = (await server.ListAsync($"collections?libraryId={library}"))[0].Id();
        var started = await server.PostAsync($"collections/{collection}/scan");
        var job = await server.JobInStateAsync(started["jobId"]!.GetValue<string>(), TimeSpan.FromMinutes(2), "completed");
        Assert.Equal("collectionScan", job["type"]!.GetValue<string>());
        Assert.Equal((1, 1, 2), (job.Images("rendered"), job.Changes("changed"), job.Changes("unchanged")));
        Assert.Equal(1, (await server.ScanAsync(library)).Images("rendered"));
    }

    [Fact]
    public async Task Overwrite_OfScannedLibrary_RendersAllAgainAndLeavesNoOrphan()
    {
        var library = folder.MakeLibrary(collections: 2, each: 5);
        await using var program = Program.Serve(Data, library);
        using var server = await program.ReadyAsync();
        var first = await Eventually.GetAsync(server.NewestJobAsync, TimeSpan.FromMinutes(2), "the first scan has started");
        await server.JobInStateAsync(first.Id(), TimeSpan.FromMinutes(2), "completed");
        var before = FinalState.Files(Data).Select(file => file.FullName).ToHashSet();

        var id = (await server.ListAsync("libraries"))[0].Id();
        var started = await server.PostAsync($"libraries/{id}/scan", new { overwriteExisting = true });
        var job = await server.JobInStateAsync(started["jobId"]!.GetValue<string>(), TimeSpan.FromMinutes(2), "completed");

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
        using var server = await shared.GetAsync();
        var job = await server.AddAndScanAsync(library);
        Assert.Equal(4, (await FinalState.FilesOfAsync(server, job["libraryId"]!.GetValue<string>(), shared.Data)).Count);
    }

    public void Dispose() => folder.Dispose();
}
