using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ImageLibrary.Core;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>A library that serves small sources themselves in place of their derivatives.</summary>
public sealed class ServedOriginalTests : IAsyncLifetime
{
    private const string Folder = "Pictures of a cat";
    private static readonly byte[] Exif = EndToEnd.Support.Png.Exif("Camera 5", "2024:02:29 23:59:58");
    private readonly ScannedLibrary library = new()
    {
        Configure = builder => builder.Options = builder.Options with { RenderWait = TimeSpan.FromMinutes(2) },
    };

    public async ValueTask InitializeAsync()
    {
        await library.InitializeAsync();
        library.Server.Write($"{Folder}/small.png", Picture(64, 3, Exif));
        object[] derivatives =
        [
            new { kind = "thumbnail", maxWidth = 300, maxHeight = 300, format = "png", quality = 85 },
            new { kind = "cache", maxWidth = 1920, maxHeight = 1080, format = "png", quality = 85 },
        ];
        using var change = await library.Client.PatchAsJsonAsync(
            $"libraries/{library.LibraryId}", new { settings = new { derivatives, serveOriginals = true } });
        Assert.Equal(HttpStatusCode.OK, change.StatusCode);
        var job = await library.PostAsync($"libraries/{library.LibraryId}/scan", new { });
        await library.JobInStateAsync(job["jobId"]!.GetValue<string>(), "completedWithFailures");
    }

    public ValueTask DisposeAsync() => library.DisposeAsync();

    [Fact]
    public async Task Settings_SayWhetherOriginalsAreServed()
    {
        var path = $"libraries/{library.LibraryId}";
        Assert.True((await library.GetAsync(path))["settings"]!["serveOriginals"]!.GetValue<bool>());
        using var other = await library.Client.PatchAsJsonAsync(path, new { settings = new { maxConcurrentCollections = 2 } });
        Assert.True((await library.GetAsync(path))["settings"]!["serveOriginals"]!.GetValue<bool>());
        using var off = await library.Client.PatchAsJsonAsync(path, new { settings = new { serveOriginals = false } });
        Assert.False((await library.GetAsync(path))["settings"]!["serveOriginals"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Derivative_OfALooseFileThatFits_IsTheFileWithItsMetadata()
    {
        const string kind = "cache";
        var image = await library.ImageAsync(Folder, "small.png");
        var file = await File.ReadAllBytesAsync(Source("small.png"));

        using var response = await GetAsync(Url(image, kind));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(file, await response.Content.ReadAsByteArrayAsync());
        Assert.True(file.AsSpan().IndexOf(Exif) > 0);
        Assert.Equal((file.Length, 64, "png"), (
            image[kind]!["bytes"]!.GetValue<int>(), image[kind]!["width"]!.GetValue<int>(), image[kind]!["format"]!.GetValue<string>()));
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        using var same = await GetAsync(Url(image, kind), request => request.Headers.IfNoneMatch.Add(response.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var part = await GetAsync(Url(image, kind), request => request.Headers.Range = new RangeHeaderValue(10, 19));
        Assert.Equal(file[10..20], await part.Content.ReadAsByteArrayAsync());
        using var plain = await GetAsync($"images/{ScannedLibrary.Id(image)}/{kind}");
        Assert.True(plain.Headers.CacheControl!.NoCache);
        foreach (var (collection, name) in new[] { ("Comic.cbz", "page 2.png"), ("Ähren", "1.png") })
        {
            var other = await library.Server.Store.GetImageAsync(ScannedLibrary.Id(await library.ImageAsync(collection, name)));
            using var made = await GetAsync($"images/{other!.Id}/{kind}");
            Assert.Equal(library.Server.Blobs.Read(other.Derivative(kind)!.FileName), await made.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task CacheStatistics_DoNotCountWhatIsServedItself()
    {
        var folder = Assert.Single((await library.GetAsync("cache/statistics"))["folders"]!.AsArray())!;
        var files = new DirectoryInfo(folder["path"]!.GetValue<string>()).GetFiles("*.png", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.Equal((files.Length, files.Sum(file => file.Length)), (folder["files"]!.GetValue<int>(), folder["bytes"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Derivative_OfAFileThatWasTouched_IsTheSameAtTheSameAddress()
    {
        var before = await library.ImageAsync(Folder, "small.png");
        File.SetLastWriteTimeUtc(Source("small.png"), DateTime.UnixEpoch.AddYears(40));

        using var response = await GetAsync(Url(before, "cache"));

        Assert.Equal(await File.ReadAllBytesAsync(Source("small.png")), await response.Content.ReadAsByteArrayAsync());
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(400, false)]
    public async Task Derivative_OfAFileThatWasReplaced_ShowsTheNewOneAndIsNotKeptUnderTheOldAddress(int width, bool fits)
    {
        var before = await library.ImageAsync(Folder, "small.png");
        // Of the same size, so that only its time tells.
        var file = Picture(width, 4);
        library.Server.Write($"{Folder}/small.png", file);

        using var response = await GetAsync(Url(before, "thumbnail"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoCache);
        var shown = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(fits, file.SequenceEqual(shown));
        var after = await library.ImageAsync(Folder, "small.png");
        Assert.NotEqual(Url(before, "thumbnail"), Url(after, "thumbnail"));
        using var again = await GetAsync(Url(after, "thumbnail"));
        Assert.Equal(shown, await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Derivative_OfAFileThatCannotBeRead_Is404WithTheReasonAndStaysRecorded()
    {
        var before = await library.ImageAsync(Folder, "small.png");
        var elsewhere = Path.Combine(library.Server.DataDirectory, "secret.png");
        File.Move(Source("small.png"), elsewhere);
        using var gone = await GetAsync(Url(before, "cache"));
        // Size and time are those that are recorded, but it lies outside of the library.
        File.CreateSymbolicLink(Source("small.png"), elsewhere);
        using var link = await GetAsync(Url(before, "cache"));

        foreach (var response in new[] { gone, link })
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Contains("is its drive connected", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        var record = await library.Server.Store.GetImageAsync(ScannedLibrary.Id(before));
        Assert.Equal((ImageState.Ready, true), (record!.State, record.Derivative("cache")!.IsOriginal));
    }

    private static byte[] Picture(int width, int seed, byte[]? exif = null)
    {
        var picture = EndToEnd.Support.Png.Gradient(width, 48, seed, exif);
        // Bytes behind the end marker are no part of the picture.
        return [.. picture, .. new byte[60_000 - picture.Length]];
    }

    private string Source(string name) => Path.Combine(library.Server.Pictures, Folder, name);

    private static string Url(JsonObject image, string kind) => image[kind]!["url"]!.GetValue<string>();

    private async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        prepare?.Invoke(request);
        return await library.Client.SendAsync(request);
    }
}
