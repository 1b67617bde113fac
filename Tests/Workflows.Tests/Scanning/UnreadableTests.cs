using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>What the disk fails to read again and again is one failure; nothing of it is removed, and the scan goes on.</summary>
public sealed class UnreadableTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task Scan_FolderThatCannotBeRead_IsOneFailureAndKeepsWhatIsBeneath()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("bad/deep", 2);
        library.AddPictures("good", 1);
        library.Write("bad/notes.txt", []);
        await library.ScanAsync();
        library.AddPicture("good/1.png");
        library.Archives.Break("folder of notes.txt");

        var job = await library.ScanAsync();

        Assert.Equal((JobState.CompletedWithFailures, 1, 0), (job.State, job.Images.Rendered, job.Images.Removed));
        Assert.Equal(KeyValuePair.Create(FailureClass.IoError, 1L), Assert.Single(job.Images.FailuresByClass));
        Assert.Equal("bad", Assert.Single((await library.Store.ListFailuresAsync(job.Id, new PageRequest())).Items).Path);
        Assert.Equal(4, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
        await library.AssertHistoriesReplayAsync();
    }

    [Theory]
    [InlineData("list book.tar.gz", 0, 1)]
    [InlineData("pass book.tar.gz", 0, 3)]
    [InlineData("1.png", 1, 2)]
    public async Task Scan_ArchiveThatCannotBeRead_FailsAtLast(string read, int shown, int failures)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddTarGz("book.tar.gz", [.. Enumerable.Range(0, 3).Select(i => ($"{i}.png", TestPng.Create(i)))]);
        library.AddPictures("good", 1);
        library.Archives.Break(read);

        var job = await library.ScanAsync();

        Assert.Equal((JobState.CompletedWithFailures, 1 + shown), (job.State, job.Images.Rendered + job.Images.Reused));
        Assert.Equal(KeyValuePair.Create(FailureClass.IoError, (long)failures), Assert.Single(job.Images.FailuresByClass));
        await library.AssertHistoriesReplayAsync();
    }
}
