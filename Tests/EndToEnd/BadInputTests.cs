using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>Whatever lies in a library, the scan completes and says what it could not show.</summary>
public sealed class BadInputTests(SharedServer shared) : IDisposable
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
        File.WriteAllBytes(Path.Combine(library, "huge.png"), Png.Claim(200_000, 200_000));
        RawFile.MakePipe(Path.Combine(library, "pipe.png"));
        RawFile.MakePipe(Path.Combine(library, "pipe.zip"));
        File.WriteAllText(Path.Combine(library, "broken.cbz"), "PK not really");
        File.WriteAllBytes(Path.Combine(library, "empty.zip"), []);
        WriteZip(Path.Combine(library, "mixed.zip"), ("../outside.png", good), ("a.png", good), ("a.png", Png.Gradient(50, 50, 3)), ("notes.txt", [1]));

        using var server = await shared.GetAsync();
        var job = await server.AddAndScanAsync(library);
        var failures = await server.FailuresAsync(job);

        Assert.Equal("completedWithFailures", job.State());
        Assert.Equal(4, job.Images("rendered"));
        Assert.Equal(job.Images("total"), job.Done());
        Assert.Equal("empty", failures["empty.jpg"]);
        Assert.Equal("unsupported", failures["text.jpg"]);
        Assert.Contains(failures["cut.png"], (string[])["truncated", "corrupt"]);
        Assert.Equal("tooLarge", failures["huge.png"]);
        Assert.Equal("empty", failures["pipe.png"]);
        Assert.Equal("empty", failures["pipe.zip"]);
        Assert.Equal("unsafePath", failures["mixed.zip/../outside.png"]);
        Assert.Contains(failures["broken.cbz"], (string[])["corrupt", "unsupported"]);
        Assert.Equal("empty", failures["empty.zip"]);
        Assert.Equal(9, failures.Count);
    }

    [Fact]
    public async Task Once_WithBadFiles_ExitsWithThree()
    {
        var library = folder.MakeLibrary(1, 1);
        File.WriteAllBytes(Path.Combine(library, "empty.jpg"), []);
        var run = await Program.RunOnceAsync(folder["data"], library);
        Assert.Equal(3, run.ExitCode);
        Assert.Equal((1, 1), (run.Job.Images("rendered"), run.Job.Images("failed")));
    }

    [Fact]
    public async Task Scan_OfZipWithManyEntries_RendersThemInNaturalOrder()
    {
        var entries = Repository.LongForms ? 20_000 : 2_600;
        var library = Directory.CreateDirectory(folder["library"]).FullName;
        var picture = Png.Gradient(16, 12, 1);
        WriteZip(Path.Combine(library, "many.zip"), [.. Enumerable.Range(1, entries).Select(i => ($"pages/{i}.png", picture))]);
        using var server = await shared.GetAsync();
        var job = await server.AddAndScanAsync(library);
        Assert.Equal("completed", job.State());
        Assert.Equal(entries, job.Images("rendered"));
        var collection = Assert.Single(await CollectionsAsync(server, job));
        var images = await server.ListAsync($"collections/{collection.Id()}/images");
        Assert.Equal(Enumerable.Range(1, entries).Select(i => $"pages/{i}.png"), images.Select(image => image["path"]!.GetValue<string>()));
        await server.AssertHistoriesAreShortAsync();
    }

    [Fact]
    public async Task Original_OfAnEntryThatIsCutOff_IsAProblemOrBreaksOffAndNeverAnErrorOfTheServer()
    {
        const int cut = 200;
        const int larger = 1 << 22;
        var library = Directory.CreateDirectory(folder["library"]).FullName;
        var noise = new byte[larger];
        new Random(1).NextBytes(noise);
        foreach (var (name, last) in new[] { ("small.zip", Png.Gradient(64, 48, 2)), ("large.zip", noise) })
        {
            WriteZip(Path.Combine(library, name), ("1.png", Png.Gradient(64, 48, 1)), ("2.png", last));
            using var file = File.OpenWrite(Path.Combine(library, name));
            file.SetLength(file.Length - cut);
        }
        using var server = await shared.GetAsync();
        var collections = await CollectionsAsync(server, await server.AddAndScanAsync(library));

        foreach (var bytes in new[] { "thumbnail", "original" })
        {
            using var response = await server.GetRawAsync($"images/{await LastImageAsync("small.zip")}/{bytes}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.DoesNotContain("Unexpected", problem["title"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        // What could be read is sent by then, with its length: that bytes are missing can be told only by breaking off.
        var large = $"images/{await LastImageAsync("large.zip")}/original";
        await Assert.ThrowsAsync<HttpRequestException>(() => server.GetRawAsync(large));

        async Task<string> LastImageAsync(string path) =>
            (await server.ListAsync($"collections/{collections.Single(collection => collection["path"]!.GetValue<string>() == path).Id()}/images"))[^1].Id();
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
        using var server = await shared.GetAsync();
        var job = await server.AddAndScanAsync(library);
        Assert.Equal("completed", job.State());
        var collection = Assert.Single(await CollectionsAsync(server, job));
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
    public async Task Scan_OfNamesThatAreNotUtf8_ReportsEachUnreadableAndTakesThoseThatOnlyLookAlike()
    {
        var library = folder.MakeLibrary(1, 1);
        var parent = Encoding.UTF8.GetBytes(Path.Combine(library, "Collection 1"));
        string[] readable = ["\uFFFD.png", "d\uFFFD/picture.png"];
        Directory.CreateDirectory(Path.Combine(library, "Collection 1", "d\uFFFD"));
        for (var i = 0; i < readable.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(library, "Collection 1", readable[i]), Png.Gradient(40, 40, i));
        }
        RawFile.MakeFolder([.. parent, .. "/d"u8, 0xE9]);
        (byte[] Name, string Shown)[] unreadable =
        [
            ([0xE9, .. ".png"u8], "%E9.png"),
            ([0xE8, .. ".png"u8], "%E8.png"),
            ([.. "50% ü\n"u8, 0xE8, .. ".zip"u8], "50%25 ü%0A%E8.zip"),
            ([.. "d"u8, 0xE9, .. "/lost.png"u8], "d%E9"),
        ];
        foreach (var (name, _) in unreadable)
        {
            RawFile.Write([.. parent, (byte)'/', .. name], Png.Gradient(40, 40, 5));
        }
        RawFile.Write([.. parent, (byte)'/', 0xE8, .. ".txt"u8], [1]);

        using var server = await shared.GetAsync();
        var job = await server.AddAndScanAsync(library);
        var failures = await server.FailuresAsync(job);

        Assert.Equal("completedWithFailures", job.State());
        Assert.Equal((3, 3), (job.Images("total"), job.Images("rendered")));
        Assert.Equal(unreadable.Length, job["failuresByClass"]!["unreadable"]!.GetValue<long>());
        Assert.Equal(unreadable.Select(item => $"Collection 1/{item.Shown}").Order(), failures.Keys.Order());
        Assert.All(failures.Values, failure => Assert.Equal("unreadable", failure));
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
        using var server = await shared.GetAsync();
        var job = await server.AddAndScanAsync(library);
        Assert.Equal(2, job.Images("rendered"));
        Assert.Equal(
            ["Collection 1/leak.png", "Collection 1/loop", "escape"],
            (await server.FailuresAsync(job)).Where(failure => failure.Value == "unsafePath").Select(failure => failure.Key).Order());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Rescan_OfUnreadableFolder_IsOneFailureAndRemovesNothing()
    {
        var library = folder.MakeLibrary(3, 2);
        await Program.RunOnceAsync(folder["data"], library);
        var locked = Path.Combine(library, "Collection 2");
        File.SetUnixFileMode(locked, UnixFileMode.None);
        File.Delete(Path.Combine(library, "Collection 3", "picture 1.png"));
        try
        {
            var run = await Program.RunOnceUnprivilegedAsync(folder["data"], library);
            Assert.Equal(3, run.ExitCode);
            Assert.Equal((1, 0), (run.Job.Changes("removed"), run.Job.Images("failed")));
            Assert.Equal(1, run.Job["failuresByClass"]!["permission"]!.GetValue<long>());
        }
        finally
        {
            File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        var again = await Program.RunOnceAsync(folder["data"], library);
        Assert.Equal((0, 5, 0), (again.ExitCode, (int)again.Job.Images("skipped"), (int)again.Job.Images("rendered")));
    }

    [Fact]
    public async Task Rescan_OfVanishedRoot_WaitsAndDeletesNothing()
    {
        var library = folder.MakeLibrary(2, 3);
        using var server = await shared.GetAsync();
        var id = (await server.AddAndScanAsync(library))["libraryId"]!.GetValue<string>();
        Directory.Move(library, library + "-away");
        var job = (await server.PostAsync($"libraries/{id}/scan"))["jobId"]!.GetValue<string>();
        var waiting = await server.JobInStateAsync(job, TimeSpan.FromMinutes(2), "waiting");
        Assert.Equal("libraryOffline", waiting["waiting"]!["reason"]!.GetValue<string>());

        // An empty mount point in its place is not the library either.
        Directory.CreateDirectory(library);
        Assert.Equal(6, (await server.GetAsync($"libraries/{id}"))["imageCount"]!.GetValue<long>());
        Directory.Delete(library);
        Directory.Move(library + "-away", library);
        var done = await server.JobInStateAsync(job, TimeSpan.FromMinutes(2), "completed");
        Assert.Equal(6, done.Images("skipped"));
        Assert.Equal(0, done.Changes("removed"));
    }

    [Fact]
    public async Task AddLibrary_OfRefusedFolder_SaysWhy()
    {
        var library = folder.MakeLibrary(1, 1);
        using var server = await shared.GetAsync();
        await server.AddAndScanAsync(library);
        await AssertRefusedAsync(server, folder["missing"], "400");
        await AssertRefusedAsync(server, Path.Combine(library, "Collection 1"), "409");
        await AssertRefusedAsync(server, shared.Data, "400");
        await AssertRefusedAsync(server, Path.Combine(library, "Collection 1", "picture 1.png"), "400");
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

    private static async Task AssertRefusedAsync(Server server, string path, string status)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => server.PostAsync("libraries", new { rootPath = path }));
        Assert.Contains($": {status} ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"detail\"", refused.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<JsonObject>> CollectionsAsync(Server server, JsonObject job) =>
        server.ListAsync($"collections?libraryId={job["libraryId"]}");

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
