using System.Net;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>A library is removed with all that was made of it, whatever runs on it and whenever the program is killed.</summary>
public sealed class LibraryRemovalTests : IDisposable
{
    private static readonly int Kills = Repository.LongForms ? 5 : 2;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder other = new();

    [Fact]
    public async Task Remove_DuringItsScanAndThroughKills_LeavesNothingOfItAndAllOfOthers()
    {
        var kept = other.MakeLibrary(collections: 1, each: 6);
        await Program.RunOnceAsync(folder["data"], kept);
        var root = folder.MakeLibrary(collections: 40, each: 5, width: 600, height: 500);
        var sources = Snapshot(root);
        string libraryId, scanId, removalId;
        await using (var program = Program.Serve(folder["data"]))
        {
            using var server = await program.ReadyAsync();
            libraryId = (await server.PostAsync("libraries", new { rootPath = root, name = "Doomed" })).Id();
            scanId = (await server.PostAsync($"libraries/{libraryId}/scan"))["jobId"]!.GetValue<string>();
            await Eventually.TrueAsync(
                async () => (await server.GetAsync($"jobs/{scanId}")).Done() >= 20, Deadline, "20 pictures are done");

            removalId = (await server.DeleteAsync($"libraries/{libraryId}"))["jobId"]!.GetValue<string>();

            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => server.PostAsync($"libraries/{libraryId}/scan"));
            Assert.Matches("409|404", refused.Message);
            await program.KillAllAsync();
        }
        for (var kill = 1; kill < Kills; kill++)
        {
            await using var program = Program.Serve(folder["data"]);
            using var server = await program.ReadyAsync();
            await Eventually.TrueAsync(
                async () => await server.GetAsync($"jobs/{removalId}") is var job
                    && (job.State() == "completed" || job["collections"]!["done"]!.GetValue<long>() > 0),
                Deadline,
                "collections are being removed");
            await program.KillAllAsync();
        }

        await using var last = Program.Serve(folder["data"]);
        using var end = await last.ReadyAsync();
        var removal = await end.JobInStateAsync(removalId, Deadline, "completed", "completedWithFailures", "failed");
        Assert.Equal(("completed", "removal"), (removal.State(), removal["type"]!.GetValue<string>()));
        Assert.Equal("cancelled", (await end.GetAsync($"jobs/{scanId}")).State());
        using var gone = await end.GetRawAsync($"libraries/{libraryId}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Empty(await end.ListAsync($"collections?libraryId={libraryId}"));
        Assert.Equal(6, (await FinalState.ImagesAsync(end)).Count);
        await FinalState.AssertFilesMatchAsync(end, folder["data"]);
        Assert.Equal(sources, Snapshot(root));
    }

    [Fact]
    public async Task Remove_ThenAddAgain_StartsAfresh()
    {
        var root = folder.MakeLibrary(collections: 3, each: 5);
        await using var program = Program.Serve(folder["data"], root);
        using var server = await program.ReadyAsync();
        var scan = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");
        await server.JobInStateAsync(scan.Id(), Deadline, "completed");
        var library = Assert.Single(await server.ListAsync("libraries"));

        var first = (await server.DeleteAsync($"libraries/{library.Id()}"))["jobId"]!.GetValue<string>();
        var removal = await server.JobInStateAsync(first, Deadline, "completed");

        Assert.Equal(15, removal.Changes("removed"));
        Assert.Empty(FinalState.Files(folder["data"]));
        var again = await server.PostAsync("libraries", new { rootPath = root });
        var rescan = (await server.PostAsync($"libraries/{again.Id()}/scan"))["jobId"]!.GetValue<string>();
        Assert.Equal(15, (await server.JobInStateAsync(rescan, Deadline, "completed")).Images("rendered"));
    }

    public void Dispose()
    {
        folder.Dispose();
        other.Dispose();
    }

    private static IReadOnlyList<string> Snapshot(string root) =>
        [.. new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];
}
