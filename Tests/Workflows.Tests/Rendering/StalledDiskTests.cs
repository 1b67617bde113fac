using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Rendering;

/// <summary>A read that hangs in the operating system makes the job wait, and holds nothing else up.</summary>
[Collection(EmbeddedEngine.Name)]
public sealed class StalledDiskTests(EmbeddedEngine engine)
{
    private static readonly TestLibraryOptions Impatient = new() { ReadDeadline = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Scan_DiskStalls_WaitsAndGoesOnWhenItAnswers()
    {
        await using var library = await TestLibrary.CreateAsync(engine, Impatient);
        library.AddArchive("book.zip", "1.png", "2.png", "3.png");
        library.Archives.Stall("1.png", "2.png", "3.png");
        var scan = await library.StartScanAsync();
        var waiting = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting);
        Assert.Equal(WaitingReason.LibraryOffline, waiting.Waiting!.Reason);
        Assert.Equal(0, waiting.Images.Failed);

        library.Archives.Answer();
        var result = await scan.GetResultAsync();
        Assert.Equal(("completed", 3, 0), (result.State, result.Images.Rendered, result.Images.Failed));
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Scan_OnePictureNeverAnswers_FailsItAloneAtLast()
    {
        await using var library = await TestLibrary.CreateAsync(engine, Impatient);
        library.AddArchive("book.zip", "1.png", "2.png", "3.png", "4.png");
        library.Archives.Stall("2.png");
        var job = await library.ScanAsync();
        Assert.Equal((JobState.CompletedWithFailures, 3, 1), (job.State, (int)job.Images.Rendered, (int)job.Images.Failed));
        Assert.Equal(FailureClass.Timeout, (await library.ImageAsync("book.zip", "2.png")).Failure!.Class);
    }
}
