using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Api.Enums.V1;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Rendering;

/// <summary>A read that hangs in the operating system makes the job wait, and holds nothing else up.</summary>
public sealed class StalledDiskTests(EmbeddedEngine engine)
{
    private static readonly TestLibraryOptions Impatient = new() { ReadDeadline = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData("1.png", "2.png", "3.png")]
    [InlineData("folder of notes.txt")]
    public async Task Scan_DiskStalls_WaitsAndGoesOnWhenItAnswers(params string[] reads)
    {
        await using var library = await TestLibrary.CreateAsync(engine, Impatient);
        library.AddArchive("book.zip", "1.png", "2.png", "3.png");
        library.Write("notes.txt", []);
        library.Archives.Stall(reads);
        await WaitsAndGoesOnAsync(library);
    }

    [Theory]
    [InlineData("list book.tar.gz")]
    [InlineData("pass book.tar.gz")]
    [InlineData("2.png")]
    public async Task Scan_DiskStallsAmidASequentialArchive_WaitsAndGoesOnWhenItAnswers(string read)
    {
        await using var library = await TestLibrary.CreateAsync(engine, Impatient);
        AddTarGz(library, 3);
        library.Archives.Stall(read);
        await WaitsAndGoesOnAsync(library);
        Assert.Equal(3, library.Renderer.Rendered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pause_WhileTheDiskStalls_GoesOnAfterResume(bool sequential)
    {
        await using var library = await TestLibrary.CreateAsync(engine, new TestLibraryOptions { ReadDeadline = TimeSpan.FromSeconds(4) });
        if (sequential)
        {
            AddTarGz(library, 3);
            library.Archives.Stall("0.png");
        }
        else
        {
            library.AddArchive("book.zip", "0.png", "1.png", "2.png");
            library.Archives.Stall("0.png", "1.png", "2.png");
        }
        var scan = await library.StartScanAsync();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.Images.Total == 3);
        await library.PendingAsync(
            WorkflowIds.Collection(library.CollectionId(sequential ? "book.tar.gz" : "book.zip")),
            sequential ? "RenderArchive" : "RenderBatch", PendingActivityState.Started);
        await scan.SignalAsync(workflow => workflow.PauseAsync());
        var paused = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Paused || job.Ended);
        Assert.Equal(JobState.Paused, paused.State);
        library.Archives.Answer();
        await scan.SignalAsync(workflow => workflow.ResumeAsync());

        var result = await scan.GetResultAsync();
        Assert.Equal(("completed", 3, 0), (result.State, result.Images.Rendered, result.Images.Failed));
        Assert.Equal(3, library.Renderer.Rendered);
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

    [Fact]
    public async Task Scan_OneEntryOfASequentialArchiveNeverAnswers_FailsTheRestAtLast()
    {
        await using var library = await TestLibrary.CreateAsync(engine, Impatient);
        AddTarGz(library, 4);
        library.Archives.Stall("2.png");
        var job = await library.ScanAsync();
        Assert.Equal((JobState.CompletedWithFailures, 2, 2), (job.State, (int)job.Images.Rendered, (int)job.Images.Failed));
        Assert.Equal(FailureClass.Timeout, (await library.ImageAsync("book.tar.gz", "2.png")).Failure!.Class);
        Assert.Equal(FailureClass.Timeout, (await library.ImageAsync("book.tar.gz", "3.png")).Failure!.Class);
    }

    private static void AddTarGz(TestLibrary library, int pictures) =>
        library.AddTarGz("book.tar.gz", [.. Enumerable.Range(0, pictures).Select(i => ($"{i}.png", TestPng.Create(i)))]);

    private static async Task WaitsAndGoesOnAsync(TestLibrary library)
    {
        var scan = await library.StartScanAsync();
        var waiting = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting);
        Assert.Equal(WaitingReason.LibraryOffline, waiting.Waiting!.Reason);
        Assert.Equal(0, waiting.Images.Failed);

        library.Archives.Answer();
        var result = await scan.GetResultAsync();
        Assert.Equal(("completed", 3, 0), (result.State, result.Images.Rendered, result.Images.Failed));
        await library.AssertHistoriesReplayAsync();
    }
}
