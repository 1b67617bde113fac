using System.Diagnostics;
using System.Net;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>A library of many collections: first pictures early, memory bounded, histories short.</summary>
[Collection(nameof(Alone))]
[Trait("alone", "yes")]
public sealed class LargeLibraryTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan FirstThumbnailWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Scan_OfManyCollections_ShowsPicturesEarlyAndStaysSmall()
    {
        var (collections, each) = Repository.LongForms ? (200, 50) : (60, 10);
        var library = folder.MakeLibrary(collections, each);
        await using var program = Program.Serve(folder["data"], library);
        using var server = await program.ReadyAsync();
        var clock = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => FirstThumbnailAsync(server), Deadline, "a thumbnail is served");
        var first = clock.Elapsed;

        var (job, peak) = await MemoryWatch.FollowAsync(program, server, Deadline, output);
        output.WriteLine($"first thumbnail after {first.TotalSeconds:0.0} s");

        Assert.Equal(("completed", collections * each), (job.State(), (int)job.Images("rendered")));
        Assert.True(first < FirstThumbnailWithin, $"the first thumbnail was served after {first.TotalSeconds:0.0} s");
        Assert.InRange(peak, 1, MemoryWatch.Limit);
        await server.AssertHistoriesAreShortAsync();
    }

    private static async Task<bool> FirstThumbnailAsync(Server server)
    {
        foreach (var collection in (await server.GetAsync("collections?limit=5"))["items"]!.AsArray())
        {
            var images = (await server.GetAsync($"collections/{collection!["id"]}/images?limit=1"))["items"]!.AsArray();
            if (images is [{ } image] && image["state"]!.GetValue<string>() == "ready")
            {
                using var response = await server.GetRawAsync($"images/{image["id"]}/thumbnail");
                return response.StatusCode == HttpStatusCode.OK;
            }
        }
        return false;
    }

    public void Dispose() => folder.Dispose();
}
