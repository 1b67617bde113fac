using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Bytes of derivatives and originals: tags, ranges, caching, and what a browser may do with them.</summary>
public sealed class DerivativeTests(ScannedLibrary library)
{
    [Fact]
    public async Task Image_OfAPhoto_TellsCameraAndTimeAsTheCameraKnewThem()
    {
        var image = await library.ImageAsync("Ähren", "1.png");
        Assert.Equal(
            ("Camera 5", "2024-02-29T23:59:58", null, false),
            (image["camera"]!.GetValue<string>(), image["takenAt"]!.GetValue<string>(), image["profile"], image["animated"]!.GetValue<bool>()));
        Assert.Equal((1, null), (image["orientation"]!.GetValue<int>(), image["estimatedQuality"]));
        Assert.True(image.AsObject().ContainsKey("estimatedQuality"));
    }

    [Theory]
    [InlineData("thumbnail", 300, 188)]
    [InlineData("cache", 1728, 1080)]
    public async Task Url_OfDerivative_IsImmutableAndCarriesTheRecordedBytes(string kind, int width, int height)
    {
        var image = await library.ImageAsync("Ähren", "1.png");
        var derivative = image[kind]!;
        Assert.Equal((width, height), (derivative["width"]!.GetValue<int>(), derivative["height"]!.GetValue<int>()));

        using var response = await GetAsync(Url(derivative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(derivative["bytes"]!.GetValue<long>(), bytes.Length);
        Assert.Equal([0xFF, 0xD8], bytes[..2]);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.ETag!.IsWeak);
    }

    [Theory]
    [InlineData("images/{0}/thumbnail")]
    [InlineData("images/{0}/thumbnail/some-former-name.jpg")]
    public async Task Address_WithoutTheFileName_IsNeverImmutable(string path)
    {
        var image = await library.ImageAsync("Ähren", "1.png");
        using var response = await GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, ScannedLibrary.Id(image)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl.NoCache);
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("original")]
    public async Task IfNoneMatch_WithTheTag_Is304WithoutBody(string kind)
    {
        var path = $"images/{ScannedLibrary.Id(await library.ImageAsync("Ähren", "1.png"))}/{kind}";
        using var first = await GetAsync(path);
        using var same = await GetAsync(path, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        using var other = await GetAsync(path, request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("Ähren", "1.png", "thumbnail")]
    [InlineData("Ähren", "1.png", "cache")]
    [InlineData("Ähren", "1.png", "original")]
    [InlineData("Comic.cbz", "page 2.png", "original")]
    public async Task Ranges_OfBytes_AreExact(string collection, string name, string kind)
    {
        var path = $"images/{ScannedLibrary.Id(await library.ImageAsync(collection, name))}/{kind}";
        using var complete = await GetAsync(path);
        var whole = await complete.Content.ReadAsByteArrayAsync();
        foreach (var (range, expected) in new (RangeHeaderValue, byte[])[]
        {
            (new RangeHeaderValue(0, 9), whole[..10]),
            (new RangeHeaderValue(10, 10), whole[10..11]),
            (new RangeHeaderValue(100, null), whole[100..]),
            (new RangeHeaderValue(null, 7), whole[^7..]),
            (new RangeHeaderValue(whole.Length - 3, whole.Length + 100), whole[^3..]),
        })
        {
            using var part = await GetAsync(path, request => request.Headers.Range = range);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(expected, await part.Content.ReadAsByteArrayAsync());
            Assert.Equal(whole.Length, part.Content.Headers.ContentRange?.Length);
        }
        using var beyond = await GetAsync(path, request => request.Headers.Range = new RangeHeaderValue(whole.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(whole.Length, beyond.Content.Headers.ContentRange?.Length);
        using var stale = await GetAsync(path, request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 9);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"other\""));
        });
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("original")]
    public async Task Head_HasTheHeadersOfGetAndNoBody(string kind)
    {
        var path = $"images/{ScannedLibrary.Id(await library.ImageAsync("Ähren", "1.png"))}/{kind}";
        using var get = await GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await library.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("libraries")]
    [InlineData("collections")]
    [InlineData("jobs")]
    [InlineData("/health/ready")]
    public async Task Head_OfJson_IsTheAnswerWithoutBody(string path)
    {
        using var get = await GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await library.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("Ähren", "1.png", "image/png", "inline")]
    [InlineData("Comic.cbz", "page 10.png", "image/png", "inline")]
    [InlineData("broken", "page.jpg", "image/jpeg", "inline")]
    public async Task Original_IsSandboxedAndNeverSniffed(string collection, string name, string mediaType, string disposition)
    {
        using var response = await GetAsync($"images/{ScannedLibrary.Id(await library.ImageAsync(collection, name))}/original");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(disposition, response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thumbnail_WhoseFileIsGone_IsRenderedOnDemandUnderTheSameName()
    {
        var image = await library.ImageAsync("Pictures of a cat", "picture 2.png");
        var url = Url(image["thumbnail"]!);
        using var before = await GetAsync(url);
        var former = await before.Content.ReadAsByteArrayAsync();
        var record = await library.Server.Store.GetImageAsync(ScannedLibrary.Id(image));
        library.Server.Blobs.Delete(record!.Derivative("thumbnail")!.FileName);

        using var after = await GetAsync(url);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(former, await after.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("original")]
    public async Task Bytes_OfAnEmptyFile_Are404WithTheReason(string of)
    {
        using var response = await GetAsync($"images/{ScannedLibrary.Id(await library.ImageAsync("broken", "empty.jpg"))}/{of}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Contains("empty", problem["detail"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
    }

    private static string Url(JsonNode derivative) => derivative["url"]!.GetValue<string>();

    private async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        prepare?.Invoke(request);
        return await library.Client.SendAsync(request);
    }
}
