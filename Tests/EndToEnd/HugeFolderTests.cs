using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>A single folder with very many files: memory bounded, histories short.</summary>
public sealed class HugeFolderTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Scan_OfOneHugeFolder_StaysSmall()
    {
        // Empty files take the whole way of a picture but for the decoding.
        var files = Repository.LongForms ? 200_000 : 10_000;
        var library = Directory.CreateDirectory(folder["library"]).FullName;
        for (var i = 0; i < files; i++)
        {
            File.WriteAllBytes(Path.Combine(library, $"{i}.png"), []);
        }
        await using var program = Program.Serve(folder["data"], library);
        using var server = await program.ReadyAsync();
        var (job, peak) = await MemoryWatch.FollowAsync(program, server, Deadline, output);

        Assert.Equal(("completedWithFailures", files), (job.State(), (int)job.Images("failed")));
        Assert.InRange(peak, 1, MemoryWatch.Limit);
        await server.AssertHistoriesAreShortAsync();
    }

    public void Dispose() => folder.Dispose();
}
