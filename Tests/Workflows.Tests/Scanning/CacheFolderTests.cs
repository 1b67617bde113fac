using ImageLibrary.Core;
using ImageLibrary.Storage.Files;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Exceptions;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>What this program made is never scanned, whichever data folder it was made for.</summary>
public sealed class CacheFolderTests(EmbeddedEngine engine)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scan_CacheOfAnotherDataFolder_IsLeftOutAndWhatWasFoundThereIsRemoved(bool deep)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("good", 2);
        library.AddPictures("data/cache/ab", 2);
        library.AddPictures("data/cache", 1);
        library.AddPictures("other", 1);
        library.Write("other/CACHEDIR.TAG", "Signature: of something else, 43 bytes long or more"u8.ToArray());
        var before = await library.ScanAsync();
        new FileBlobStore(Path.Combine(library.Root, "data/cache")).Dispose();

        var job = await library.ScanAsync(new LibraryScanInput { Deep = deep });

        Assert.Equal((6, JobState.Completed), (before.Images.Rendered, job.State));
        Assert.Equal((3, 3), (job.Images.Total, job.Images.Removed));
        Assert.Equal(ImageState.Removed, (await library.ImageAsync("data/cache/ab", "0.png")).State);
        Assert.Equal(ImageState.Ready, (await library.ImageAsync("other", "0.png")).State);
    }

    [Fact]
    public async Task Scan_PathInACacheFolder_IsRefused()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("data/cache/ab", 1);
        new FileBlobStore(Path.Combine(library.Root, "data/cache")).Dispose();

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => library.ScanAsync(new LibraryScanInput { Path = "data/cache/ab" }));

        Assert.Contains("CACHEDIR.TAG", failure.InnerException!.ToString(), StringComparison.Ordinal);
    }
}
