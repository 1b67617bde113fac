using System.Text.Json.Nodes;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Lists: pages, filters, search, order.</summary>
public sealed class ListTests(ScannedLibrary library)
{
    private static readonly string[] ByPath = ["broken", "Comic.cbz", "Pictures of a cat", "Ähren"];

    [Theory]
    [InlineData("collections")]
    [InlineData("collections?sort=path")]
    [InlineData("collections?sort=name")]
    [InlineData("collections?libraryId={library}")]
    public async Task Collections_AreInNaturalOrder(string path) =>
        Assert.Equal(ByPath, await PathsAsync(path.Replace("{library}", library.LibraryId, StringComparison.Ordinal)));

    [Fact]
    public async Task Collections_OfAnotherLibrary_AreNone() => Assert.Empty(await PathsAsync("collections?libraryId=none"));

    [Theory]
    [InlineData("cat", "Pictures of a cat")]
    [InlineData("CA", "Pictures of a cat")]
    [InlineData("pic cat", "Pictures of a cat")]
    [InlineData("ähr", "Ähren")]
    [InlineData("com", "Comic.cbz")]
    [InlineData("at", null)]
    [InlineData("cat dog", null)]
    public async Task Collections_Search_FindsPrefixesOfWords(string search, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], await PathsAsync($"collections?search={Uri.EscapeDataString(search)}"));

    [Fact]
    public async Task Pages_JoinToTheWholeList_AndACursorBelongsToItsList()
    {
        var joined = new List<string>();
        string? cursor = null;
        do
        {
            var page = await library.GetAsync($"collections?limit=1{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            joined.Add(Assert.Single(page["items"]!.AsArray())!["path"]!.GetValue<string>());
            cursor = page["nextCursor"]?.GetValue<string>();
            if (cursor is not null)
            {
                using var other = await library.Client.GetAsync($"jobs?cursor={Uri.EscapeDataString(cursor)}");
                Assert.Equal(System.Net.HttpStatusCode.BadRequest, other.StatusCode);
            }
        }
        while (cursor is not null);
        Assert.Equal(ByPath, joined);
    }

    [Theory]
    [InlineData("Pictures of a cat", "picture 1.png", "picture 2.png", "picture 10.png")]
    [InlineData("Comic.cbz", "page 2.png", "page 10.png")]
    public async Task Images_AreInNaturalOrder(string collection, params string[] expected)
    {
        var images = await library.ItemsAsync($"collections/{await library.CollectionAsync(collection)}/images");
        Assert.Equal(expected, images.Select(image => image["path"]!.GetValue<string>()));
        Assert.All(images, image =>
        {
            Assert.Equal("ready", image["state"]!.GetValue<string>());
            Assert.NotNull(image["thumbhash"]);
            Assert.Null(image["failure"]);
        });
    }

    [Fact]
    public async Task Collection_HasKindCountAndCover()
    {
        var comic = await library.GetAsync($"collections/{await library.CollectionAsync("Comic.cbz")}");
        Assert.Equal(("archive", 2), (comic["kind"]!.GetValue<string>(), comic["imageCount"]!.GetValue<int>()));
        var first = await library.ImageAsync("Comic.cbz", "page 2.png");
        Assert.Equal(first["thumbnail"]!["url"]!.GetValue<string>(), comic["cover"]!.GetValue<string>());
    }

    [Fact]
    public async Task Library_TellsCountsAndItsScan()
    {
        var found = await library.GetAsync($"libraries/{library.LibraryId}");
        Assert.Equal((8, 4), (found["imageCount"]!.GetValue<int>(), found["collectionCount"]!.GetValue<int>()));
        Assert.Equal("active", found["state"]!.GetValue<string>());
        Assert.NotNull(found["lastScan"]!["endedAt"]);
    }

    [Fact]
    public async Task CacheStatistics_AreWhatLiesInTheFolder()
    {
        var folder = Assert.Single((await library.GetAsync("cache/statistics"))["folders"]!.AsArray())!;
        var files = new DirectoryInfo(folder["path"]!.GetValue<string>()).GetFiles("*.jpg", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.Equal((files.Length, files.Sum(file => file.Length)), (folder["files"]!.GetValue<int>(), folder["bytes"]!.GetValue<long>()));
        Assert.True(folder["freeBytes"]!.GetValue<long>() > 0);
        var made = (await library.GetAsync($"libraries/{library.LibraryId}"))["derivatives"]!;
        Assert.Equal((files.Length, files.Sum(file => file.Length)), (made["files"]!.GetValue<int>(), made["bytes"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData("state=completedWithFailures", true)]
    [InlineData("state=running", false)]
    [InlineData("type=scan&libraryId={library}", true)]
    [InlineData("type=removal", false)]
    [InlineData("libraryId=none", false)]
    public async Task Jobs_Filters_Apply(string query, bool found)
    {
        var jobs = await library.ItemsAsync($"jobs?{query.Replace("{library}", library.LibraryId, StringComparison.Ordinal)}");
        Assert.Equal(found, jobs.Any(job => ScannedLibrary.Id(job) == library.JobId));
    }

    [Fact]
    public async Task Job_ByIdAndByWorkflowId_CountsEveryImageOnce()
    {
        var job = await library.GetAsync($"jobs/{library.JobId}");
        var images = job["images"]!;
        Assert.Equal((8, 6, 2), (Count("total"), Count("rendered"), Count("failed")));
        Assert.Equal(1, job["failuresByClass"]!["empty"]!.GetValue<int>());
        var byWorkflow = await library.GetAsync($"jobs/{Uri.EscapeDataString(job["workflowId"]!.GetValue<string>())}");
        Assert.Equal(library.LibraryId, byWorkflow["libraryId"]!.GetValue<string>());

        int Count(string name) => images[name]!.GetValue<int>();
    }

    [Fact]
    public async Task Failures_ArePagedByPathAndTellWhy()
    {
        var first = await library.GetAsync($"jobs/{library.JobId}/failures?limit=1");
        var second = await library.GetAsync($"jobs/{library.JobId}/failures?limit=1&cursor={Uri.EscapeDataString(first["nextCursor"]!.GetValue<string>())}");
        JsonNode[] failures = [first["items"]![0]!, second["items"]![0]!];
        Assert.Equal(["broken/empty.jpg", "broken/page.jpg"], failures.Select(failure => failure["path"]!.GetValue<string>()));
        Assert.Equal("empty", failures[0]["class"]!.GetValue<string>());
        Assert.All(failures, failure => Assert.NotEmpty(failure["message"]!.GetValue<string>()));
        Assert.Null(second["nextCursor"]);
    }

    private async Task<IReadOnlyList<string>> PathsAsync(string path) =>
        [.. (await library.ItemsAsync(path)).Select(collection => collection["path"]!.GetValue<string>())];
}
