using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Rendering;

/// <summary>A picture whose derivatives are gone is rendered when somebody asks for it.</summary>
public sealed class RenderOnDemandTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task Render_AskedForByMany_RendersOnceAndMakesTheSameFiles()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        await library.ScanAsync();
        var before = await library.ImageAsync("a", "1.png");
        var content = library.Blobs.Read(before.Derivative(DerivativeSpec.Thumbnail)!.FileName);
        foreach (var derivative in before.Derivatives)
        {
            library.Blobs.Delete(derivative.FileName);
        }
        library.Renderer.Close(permitted: 0);
        var requests = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync(library, before.Id)));
        library.Renderer.Open();
        var results = await Task.WhenAll(requests.Select(request => request.GetResultAsync()));

        Assert.Single(requests.Select(request => request.ResultRunId).Distinct());
        Assert.All(results, result => Assert.Equal("ready", result.State));
        Assert.Equal(3 + 1, library.Renderer.Rendered);
        Assert.Equal(content, library.Blobs.Read(before.Derivative(DerivativeSpec.Thumbnail)!.FileName));
        Assert.Equal(6, library.CountFiles());
        await Histories.AssertReplayAsync(await Histories.OfChainAsync(library.Client, WorkflowIds.Render(before.Id)));
    }

    [Fact]
    public async Task Render_WhileTheDiskIsAway_BlamesNoPictureAndGoesOnLater()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        await library.ScanAsync();
        var image = await library.ImageAsync("a", "0.png");
        library.Blobs.Delete(image.Derivative(DerivativeSpec.Thumbnail)!.FileName);
        Directory.Move(library.Root, library.Root + "-away");
        var request = await StartAsync(library, image.Id);
        await library.RetryAsync(WorkflowIds.Render(image.Id), "RenderImage", attempt: 2);
        Assert.Equal(ImageState.Ready, (await library.ImageAsync("a", "0.png")).State);

        Directory.Move(library.Root + "-away", library.Root);
        Assert.Equal("ready", (await request.GetResultAsync()).State);
        Assert.Equal(2, library.CountFiles());
    }

    [Fact]
    public async Task Render_WhileAJobRendersItUnderNewNames_KeepsWhatTheJobRecorded()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        await library.ScanAsync();
        var image = await library.ImageAsync("a", "0.png");
        foreach (var derivative in image.Derivatives)
        {
            library.Blobs.Delete(derivative.FileName);
        }
        library.Renderer.Close(permitted: 0);
        var request = await StartAsync(library, image.Id);
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Held > 0));
        Assert.True(await library.Store.RecordBatchAsync(new BatchRecord
        {
            JobId = "other",
            CollectionId = image.CollectionId,
            Lane = 1,
            BatchNumber = 1,
            Counts = new ScanCounts(),
            Images = [image with { Generation = image.Generation + 1, Derivatives = [] }],
        }));
        library.Renderer.Open();

        Assert.Equal("ready", (await request.GetResultAsync()).State);
        var now = await library.ImageAsync("a", "0.png");
        Assert.Equal((image.Generation + 1, 2), (now.Generation, now.Derivatives.Count));
        Assert.All(now.Derivatives, derivative => Assert.Equal(derivative.Bytes, library.Blobs.Length(derivative.FileName)));
        Assert.All(image.Derivatives, derivative => Assert.Null(library.Blobs.Length(derivative.FileName)));
    }

    [Fact]
    public async Task Render_WhileItsLibraryIsRemoved_LeavesNoFile()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        await library.ScanAsync();
        var image = await library.ImageAsync("a", "0.png");
        library.Blobs.Delete(image.Derivative(DerivativeSpec.Thumbnail)!.FileName);
        library.Renderer.Close(permitted: 0);
        var request = await StartAsync(library, image.Id);
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Held > 0));

        var removal = await library.Client.StartWorkflowAsync(
            (ILibraryRemoval workflow) => workflow.RunAsync(new LibraryRemovalInput { LibraryId = library.Id }), LibraryRemovalStart.Options(library.Id, "Test"));
        await removal.GetResultAsync();
        library.Renderer.Open();

        await Assert.ThrowsAsync<WorkflowFailedException>(() => request.GetResultAsync());
        Assert.Equal(0, library.CountFiles());
    }

    private static Task<WorkflowHandle<IRenderOnDemand, RenderOnDemandResult>> StartAsync(TestLibrary library, string imageId) =>
        library.Client.StartWorkflowAsync(
            (IRenderOnDemand workflow) => workflow.RunAsync(new RenderOnDemandInput(imageId)), RenderOnDemandStart.Options(imageId));
}
