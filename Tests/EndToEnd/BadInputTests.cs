using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>Whatever lies in a library, the scan completes and says what it could not show.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Scan_OfBadFiles_CompletesWithAClassForEach()
    {
        var library = Directory.CreateDirectory(folder["library"]).FullName;
        var good = Png.Gradient(64, 48, 1);
        File.WriteAllBytes(Path.Combine(library, "good.png"), good);
        File.WriteAllBytes(Path.Combine(library, "wrong extension.jpg"), Png.Gradient(64, 48, 2));
        File.WriteAllBytes(Path.Combine(library, "empty.jpg"), []);
        File.WriteAllText(Path.Combine(library, "text.jpg"), "This is not a picture.");
        File.WriteAllBytes(Path.Combine(library, "cut.png"), good[..60]);
        File.WriteAllText(Path.Combine(library, "broken.cbz"), "PK not really");
        File.WriteAllBytes(Path.Combine(library, "empty.zip"), []);
        WriteZip(Path.Combine(library, "mixed.zip"), ("../outside.png", good), ("a.png", good), ("a.png", Png.Gradient(50, 50, 3)), ("notes.txt", [1]));

        var (run, failures) = await ScanAsync(library);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("completedWithFailures", run.Job.State());
        Assert.Equal(4, run.Job.Images("rendered"));
        Assert.Equal(run.Job.Images("total"), run.Job.Done());
        Assert.Equal("empty", failures["empty.jpg"]);
        Assert.Equal("unsupported", failures["text.jpg"]);
        Assert.Contains(failures["cut.png"], (string[])["truncated", "corrupt"]);
        Assert.Equal("unsafePath", failures["mixed.zip/../outside.png"]);
        Assert.Contains(failures["broken.cbz"], (string[])["corrupt", "unsupported"]);
        Assert.Equal("empty", failures["empty.zip"]);
    }

    [Fact]
    public async Task Scan_OfUnusualNames_ShowsThemAll()
    {
        var library = Directory.CreateDirectory(folder["library"]).FullName;
        string[] names = ["日本語.png", "with space.png", "quote's \"double\".png", "hash#tag.png", "50%.png", "new\nline.png", "Ünï 10.png", "Ünï 9.png"];
        for (var i = 0; i < names.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(library, names[i]), Png.Gradient(40, 40, i));
        }
        await using var program = Program.Serve(folder["data"], library);
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, TimeSpan.FromSeconds(30), "the scan has started");
        await server.JobInStateAsync(job.Id(), TimeSpan.FromSeconds(60), "completed");
        var collection = Assert.Single(await server.ListAsync("collections"));
        var images = await server.ListAsync($"collections/{collection.Id()}/images");
        Assert.Equal(names.Order(), images.Select(image => image["path"]!.GetValue<string>()).Order());
        Assert.True(IndexOf(images, "Ünï 9.png") < IndexOf(images, "Ünï 10.png"));
        foreach (var image in images)
        {
            using var response = await server.GetRawAsync($"images/{image.Id()}/thumbnail");
            Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Scan_OfNameThatIsNotUtf8_ReportsItUnreadable()
    {
        var library = folder.MakeLibrary(1, 1);
        var parent = Encoding.UTF8.GetBytes(Path.Combine(library, "Collection 1"));
        RawFile.Write([.. parent, (byte)'/', 0xE9, .. ".png"u8], Png.Gradient(40, 40, 5));
        var (run, failures) = await ScanAsync(library);
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(1, run.Job.Images("rendered"));
        Assert.Equal("unreadable", Assert.Single(failures).Value);
    }

    [Fact]
    public async Task Scan_OfLinks_NeverLeavesTheRootNorLoops()
    {
        var library = folder.MakeLibrary(1, 2);
        var outside = Directory.CreateDirectory(folder["outside"]).FullName;
        File.WriteAllBytes(Path.Combine(outside, "secret.png"), Png.Gradient(40, 40, 5));
        Directory.CreateSymbolicLink(Path.Combine(library, "Collection 1", "loop"), library);
        Directory.CreateSymbolicLink(Path.Combine(library, "escape"), outside);
        File.CreateSymbolicLink(Path.Combine(library, "Collection 1", "leak.png"), Path.Combine(outside, "secret.png"));
        var (run, _) = await ScanAsync(library);
        Assert.Equal(2, run.Job.Images("rendered"));
    }

    [Fact]
    public async Task Rescan_OfVanishedRoot_WaitsAndDeletesNothing()
    {
        var library = folder.MakeLibrary(2, 3);
        await Program.RunOnceAsync(folder["data"], library);
        Directory.Move(library, library + "-away");

        await using var program = Program.Serve(folder["data"]);
        using var server = await program.ReadyAsync();
        var id = (await server.ListAsync("libraries"))[0].Id();
        var job = (await server.PostAsync($"libraries/{id}/scan"))["jobId"]!.GetValue<string>();
        var waiting = await server.JobInStateAsync(job, TimeSpan.FromSeconds(30), "waiting");
        Assert.Equal("libraryOffline", waiting["waiting"]!["reason"]!.GetValue<string>());

        // An empty mount point in its place is not the library either.
        Directory.CreateDirectory(library);
        Assert.Equal(6, (await server.GetAsync($"libraries/{id}"))["imageCount"]!.GetValue<long>());
        Directory.Delete(library);
        Directory.Move(library + "-away", library);
        var done = await server.JobInStateAsync(job, TimeSpan.FromSeconds(60), "completed");
        Assert.Equal(6, done.Images("skipped"));
        Assert.Equal(0, done.Changes("removed"));
    }

    [Fact]
    public async Task Serve_OfRefusedFolders_SaysWhyAndExitsWithOne()
    {
        var library = folder.MakeLibrary(1, 1);
        var missing = await Program.RunOnceAsync(folder["data"], folder["missing"]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("missing", missing.Errors, StringComparison.Ordinal);

        await Program.RunOnceAsync(folder["data"], library);
        var inside = await Program.RunOnceAsync(folder["data"], Path.Combine(library, "Collection 1"));
        Assert.Equal(1, inside.ExitCode);
        Assert.Contains(library, inside.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", inside.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OfEmptyFolder_ExitsWithZero()
    {
        var run = await Program.RunOnceAsync(folder["data"], Directory.CreateDirectory(folder["empty"]).FullName);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0, run.Job.Images("total"));
    }

    private async Task<(RunResult Run, Dictionary<string, string> Failures)> ScanAsync(string library)
    {
        var run = await Program.RunOnceAsync(folder["data"], library);
        await using var program = Program.Serve(folder["data"]);
        using var server = await program.ReadyAsync();
        var failures = await server.ListAsync($"jobs/{run.Job.Id()}/failures");
        return (run, failures.ToDictionary(
            failure => failure["path"]!.GetValue<string>(), failure => failure["class"]!.GetValue<string>()));
    }

    private static int IndexOf(IReadOnlyList<JsonObject> images, string path) =>
        images.Select((image, index) => (Path: image["path"]!.GetValue<string>(), index)).Single(entry => entry.Path == path).index;

    private static void WriteZip(string path, params (string Name, byte[] Content)[] entries)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(content);
        }
    }

    public void Dispose() => folder.Dispose();
}
