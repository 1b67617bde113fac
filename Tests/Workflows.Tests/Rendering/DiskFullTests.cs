using System.Diagnostics;
using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using Temporalio.Client;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Rendering;

/// <summary>A cache folder without space makes a job wait, and harms nothing.</summary>
public sealed class DiskFullTests(EmbeddedEngine engine) : IDisposable
{
    private readonly string cache = Directory.CreateTempSubdirectory("imagelibrary-full-").FullName;

    [Fact]
    public async Task Scan_CacheFolderFull_WaitsAndGoesOnWhenSpaceIsFreed()
    {
        Assert.SkipUnless(
            Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", cache) == 0,
            "needs the right to mount a small file system: run the tests as root, in a container with CAP_SYS_ADMIN");
        const int pictures = 120;
        await using var library = await TestLibrary.CreateAsync(engine, new TestLibraryOptions { CacheFolder = cache });
        library.AddPictures("a", pictures);
        var scan = await library.StartScanAsync();
        // A batch that finds no space at all may say so before the one that found some is recorded.
        var waiting = await library.JobWhenAsync(
            scan.FirstExecutionRunId!, job => job.State == JobState.Waiting && job.Images.Rendered > 0);

        Assert.Equal(WaitingReason.DiskFull, waiting.Waiting!.Reason);
        Assert.Contains(cache, waiting.Waiting.Detail, StringComparison.Ordinal);
        Assert.InRange(waiting.Images.Rendered, 1, pictures - 1);
        Assert.Equal(0, waiting.Images.Failed);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(cache, "tmp")));
        Assert.All(Directory.EnumerateFiles(cache, "*.jpg", SearchOption.AllDirectories), AssertComplete);

        Assert.Equal(0, Run("mount", "-o", "remount,size=40m", cache));
        var result = await scan.GetResultAsync();
        Assert.Equal(("completed", pictures, 0), (result.State, result.Images.Rendered, result.Images.Failed));
        Assert.Equal(2 * pictures, library.CountFiles());
        await library.AssertHistoriesReplayAsync();
    }

    public void Dispose()
    {
        Run("umount", cache);
        Directory.Delete(cache, recursive: true);
    }

    private static void AssertComplete(string file)
    {
        var content = File.ReadAllBytes(file);
        Assert.Equal((byte[])[0xFF, 0xD9], content[^2..]);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
