using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Rendering;

/// <summary>A library whose small pictures are served themselves: the test's pictures fit the cache image's box, not the thumbnail's.</summary>
public sealed class ServedOriginalTests(EmbeddedEngine engine)
{
    private static readonly LibrarySettings Copies = new()
    {
        Derivatives = [new(DerivativeSpec.Thumbnail, 32, 32, "png", 85), new(DerivativeSpec.Cache, 64, 64, "png", 85)],
    };

    private static readonly LibrarySettings Originals = Copies with { ServeOriginals = true };

    [Fact]
    public async Task Scan_LooseFileThatFits_WritesNothingForIt()
    {
        await using var library = await CreateAsync(Originals);

        var job = await library.ScanAsync();
        var again = await library.ScanAsync();

        var (served, encoded, packed) = (
            await library.ImageAsync("a", "0.png"), await library.ImageAsync("a", "photo.jpg"), await library.ImageAsync("b.zip", "1.png"));
        AssertServed(library, served, "a/0.png");
        Assert.All(((Derivative?[])[served.Derivative("thumbnail"), .. encoded.Derivatives, .. packed.Derivatives]), derivative =>
            Assert.Equal((false, derivative!.Bytes), (derivative.IsOriginal, library.Blobs.Length(derivative.FileName))));
        Assert.Equal((6, 0), (job.Images.Rendered, job.Images.Failed));
        Assert.Equal((6, 0), (again.Images.Skipped, again.Images.BytesRead));
        Assert.Equal(6 + 1 + 2, Files(library).Count);
    }

    [Fact]
    public async Task Scan_AfterTheSettingChanged_TouchesOnlyWhatItConcerns()
    {
        await using var library = await CreateAsync(Copies);
        await library.ScanAsync();
        var copies = Files(library);

        var on = await ScanAsync(library, Originals);
        var served = Files(library);
        var off = await ScanAsync(library, Copies);

        Assert.Equal((3, 3, 0), (on.Images.Rendered, on.Images.Skipped, on.Images.Added + on.Images.Changed));
        Assert.Equal(new CollectionCounts(2, 1, 1), on.Collections);
        Assert.Equal((12, 9), (copies.Count, served.Count));
        Assert.All(served, file => Assert.Contains(file, copies));
        Assert.Equal(3, off.Images.Rendered);
        Assert.Equal(copies, Files(library));
        Assert.Equal(6 + 3 + 3, library.Renderer.Rendered);
        Assert.DoesNotContain((await library.ImageAsync("a", "0.png")).Derivatives, derivative => derivative.IsOriginal);
    }

    [Fact]
    public async Task Scan_FileTouchedOrMoved_IsServedFromWhereItIsWithoutRendering()
    {
        await using var library = await CreateAsync(Originals);
        await library.ScanAsync();
        var (touched, moved) = (await library.ImageAsync("a", "0.png"), await library.ImageAsync("a", "1.png"));
        var (rendered, files) = (library.Renderer.Rendered, Files(library));
        Touch(library, "a/0.png");
        Directory.CreateDirectory(Path.Combine(library.Root, "c"));
        File.Move(Path.Combine(library.Root, "a/1.png"), Path.Combine(library.Root, "c/moved.png"));
        Touch(library, "c/moved.png");

        var job = await library.ScanAsync();

        Assert.Equal((1, rendered), (job.Images.Moved, library.Renderer.Rendered));
        Assert.Equal(files, Files(library));
        AssertServed(library, await library.ImageAsync("a", "0.png"), "a/0.png");
        AssertServed(library, await library.ImageAsync("c", "moved.png"), "c/moved.png");
        Assert.Equal(Name(touched), Name(await library.ImageAsync("a", "0.png")));
        Assert.Equal(Name(moved), Name(await library.ImageAsync("c", "moved.png")));
        Assert.Empty((await library.ImageAsync("a", "1.png")).Derivatives);
    }

    [Fact]
    public async Task Scan_FileWithOtherContent_IsServedUnderAnotherName()
    {
        await using var library = await CreateAsync(Originals);
        await library.ScanAsync();
        var before = await library.ImageAsync("a", "0.png");
        var file = Path.Combine(library.Root, "a/0.png");
        library.Write("a/0.png", TestPng.CreateOfSize(20_000, seed: 9));
        await library.ScanAsync();
        var changed = await library.ImageAsync("a", "0.png");
        var modified = File.GetLastWriteTimeUtc(file);
        library.Write("a/0.png", TestPng.CreateOfSize(20_000, seed: 8));
        File.SetLastWriteTimeUtc(file, modified);
        await library.ScanAsync(new LibraryScanInput { Deep = true });
        var edited = await library.ImageAsync("a", "0.png");

        AssertServed(library, edited, "a/0.png");
        Assert.Equal(3, new[] { before, changed, edited }.Select(Name).Distinct().Count());
        Assert.Equal((0, 0, 1), (before.Generation, changed.Generation, edited.Generation));
    }

    [Fact]
    public async Task Render_OnDemand_TakesTheFileAsItIsNow()
    {
        await using var library = await CreateAsync(Originals);
        await library.ScanAsync();
        var before = await library.ImageAsync("a", "0.png");
        var rendered = library.Renderer.Rendered;
        Touch(library, "a/0.png");

        await RenderAsync(library, before.Id);

        var touched = await library.ImageAsync("a", "0.png");
        AssertServed(library, touched, "a/0.png");
        Assert.Equal((Name(before), rendered), (Name(touched), library.Renderer.Rendered));

        library.AddPicture("a/0.png", seed: 9);
        await RenderAsync(library, before.Id);

        var changed = await library.ImageAsync("a", "0.png");
        AssertServed(library, changed, "a/0.png");
        Assert.NotEqual(Name(before), Name(changed));
        Assert.Equal(9, Files(library).Count);
    }

    [Fact]
    public async Task Batch_RecordFails_RetryTakesOverWhatIsServedItself()
    {
        await using var library = await CreateAsync(Originals);
        File.Delete(Path.Combine(library.Root, "b.zip"));
        library.Renderer.Close(permitted: 3);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 3));
        await using (await library.LockStoreAsync())
        {
            library.Renderer.Open();
            await library.RetryAsync(WorkflowIds.Collection(library.CollectionId("a")), "RenderBatch", attempt: 3);
        }
        var result = await scan.GetResultAsync();

        Assert.Equal((4, 0), (result.Images.Rendered, result.Images.Reused));
        Assert.Equal(4, library.Renderer.Rendered);
        AssertServed(library, await library.ImageAsync("a", "0.png"), "a/0.png");
    }

    [Fact]
    public async Task Scan_DiskTurnsOutFullAtTheEndOfABatch_KeepsTheFilesOfFormerOnes()
    {
        await using var library = await CreateAsync(Copies);
        await library.ScanAsync();
        library.Blobs.FailNextSync();

        var job = await ScanAsync(library, Originals);

        Assert.Equal((JobState.Completed, 3, 0), (job.State, job.Images.Rendered, job.Images.Failed));
        var kept = (await library.ImageAsync("a", "0.png")).Derivative(DerivativeSpec.Thumbnail)!;
        Assert.Equal(kept.Bytes, library.Blobs.Length(kept.FileName));
    }

    [Fact]
    public async Task Removal_OfTheLibrary_LeavesTheFilesThatWereServed()
    {
        await using var library = await CreateAsync(Originals);
        await library.ScanAsync();

        var removal = await library.Client.StartWorkflowAsync(
            (ILibraryRemoval workflow) => workflow.RunAsync(new LibraryRemovalInput { LibraryId = library.Id }), LibraryRemovalStart.Options(library.Id, "Test"));
        await removal.GetResultAsync();

        Assert.Empty(Files(library));
        Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(library.Root, "a")).Count());
    }

    /// <summary>Three pictures that fit, one of another format that does too, and two in an archive.</summary>
    private async Task<TestLibrary> CreateAsync(LibrarySettings settings)
    {
        var library = await TestLibrary.CreateAsync(engine);
        await library.Store.UpdateLibraryAsync(library.Id, "Test", settings);
        library.AddPictures("a", 3);
        using var jpeg = new ImageRenderer().Render(TestPng.Create(1), DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        library.Write("a/photo.jpg", jpeg.Derivatives[1].Content.Memory.ToArray());
        library.AddArchive("b.zip", "1.png", "12.png");
        return library;
    }

    private static async Task<Job> ScanAsync(TestLibrary library, LibrarySettings settings)
    {
        await library.Store.UpdateLibraryAsync(library.Id, "Test", settings);
        return await library.ScanAsync();
    }

    private static async Task RenderAsync(TestLibrary library, string imageId)
    {
        var request = await library.Client.StartWorkflowAsync(
            (IRenderOnDemand workflow) => workflow.RunAsync(new RenderOnDemandInput(imageId)), RenderOnDemandStart.Options(imageId));
        Assert.Equal("ready", (await request.GetResultAsync()).State);
    }

    private static void AssertServed(TestLibrary library, ImageRecord image, string path)
    {
        var file = new FileInfo(Path.Combine(library.Root, path));
        var derivative = image.Derivative(DerivativeSpec.Cache)!;
        Assert.Equal(ImageState.Ready, image.State);
        Assert.Equal(
            (file.Length, (long?)(file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks, 64, 64, "png", true),
            (derivative.Bytes, derivative.OriginalModified, derivative.Width, derivative.Height, derivative.Format, derivative.IsOriginal));
        Assert.Null(library.Blobs.Length(derivative.FileName));
    }

    private static string Name(ImageRecord image) => image.Derivative(DerivativeSpec.Cache)!.FileName;

    private static void Touch(TestLibrary library, string path)
    {
        var file = Path.Combine(library.Root, path);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(5));
    }

    private static List<string> Files(TestLibrary library) =>
        [.. Directory.EnumerateFiles(library.Blobs.RootPath, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
