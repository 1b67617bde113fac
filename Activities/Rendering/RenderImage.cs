using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>Renders what one image lacks, for a person who waits.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Finds library and collection.</param>
/// <param name="archives">Opens archives.</param>
/// <param name="renderer">Knows the recipes.</param>
/// <param name="blobs">The cache folder.</param>
/// <param name="pipeline">Reads and renders.</param>
/// <param name="settings">Settings.</param>
/// <param name="time">The clock.</param>
public sealed class RenderImage(
    ILibraryStore store, JobBooks books, IArchiveOpener archives, IImageRenderer renderer, IBlobStore blobs,
    PicturePipeline pipeline, ActivitySettings settings, TimeProvider time) : IRenderImage
{
    /// <inheritdoc/>
    [Activity("RenderImage")]
    public async Task<RenderOnDemandResult> RenderImageAsync(RenderOnDemandInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        await using var heartbeat = ActivityHeartbeat.Start(time);
        var image = await store.GetImageAsync(input.ImageId, cancellation)
            ?? throw new ApplicationFailureException($"There is no image '{input.ImageId}'.", FailureTypes.NotFound, nonRetryable: true);
        var present = image.Derivatives.Where(blobs.Holds).ToList();
        var library = await books.LibraryAsync(image.LibraryId, cancellation);
        // Whether a source that is served itself is still the one that is recorded shows when it is read.
        if (image.State is ImageState.Removed or ImageState.Quarantined
            || library.Settings.Derivatives.All(spec => present.Exists(made => made.Kind == spec.Kind && !made.IsOriginal)))
        {
            return new RenderOnDemandResult(JsonNames.Of(image.State));
        }
        var collection = await books.CollectionAsync(image.CollectionId, cancellation);
        var recipes = DerivativeRecipe.All(renderer, library.Settings, collection.Kind);
        using var reader = new SourceReader(library, collection, archives, renderer, settings);
        var work = new PictureWork(library, recipes, reader, FindMoves: false);
        var incomplete = image with { Derivatives = present, PlannedWork = PlannedWork.Complete };
        var outcome = await RenderAsync(work, incomplete, cancellation);
        var next = BatchRecords.Apply(incomplete, outcome);
        blobs.Sync();
        bool recorded;
        try
        {
            recorded = await store.RecordImageAsync(image, next, cancellation);
        }
        finally
        {
            await ForgetIfRemovedAsync(next);
        }
        if (!recorded)
        {
            await ForgetUnlessUsedAsync(next);
            throw new ApplicationFailureException("The image was changed while it was rendered.", "Changed");
        }
        foreach (var name in image.Derivatives.FileNames().Except(next.Derivatives.FileNames()))
        {
            blobs.Delete(name);
        }
        return new RenderOnDemandResult(JsonNames.Of(next.State));
    }

    private async Task<PictureOutcome> RenderAsync(PictureWork work, ImageRecord image, CancellationToken cancellation)
    {
        string? offline;
        try
        {
            var outcome = await pipeline.RenderUrgentAsync(work, image, cancellation);
            offline = RootGuard.WhyOffline(work.Library, outcome.Failure);
            if (offline is null)
            {
                return outcome;
            }
        }
        catch (TimeoutException)
        {
            offline = "The picture cannot be read; its disk does not answer.";
        }
        throw new ApplicationFailureException(offline, "Offline", nextRetryDelay: settings.WaitInterval);
    }

    // Files of one name have the same content. What is planned may be rendering them by now, and will record them.
    private async Task ForgetUnlessUsedAsync(ImageRecord rendered)
    {
        var now = await store.GetImageAsync(rendered.Id);
        if (now?.PlannedByJobId is not null)
        {
            return;
        }
        foreach (var name in rendered.Derivatives.FileNames().Except(now?.Derivatives.FileNames() ?? []))
        {
            blobs.Delete(name);
        }
    }

    // A removal that began meanwhile may have passed this image before it was recorded, and knows nothing of its files.
    private async Task ForgetIfRemovedAsync(ImageRecord image)
    {
        if (await store.FindLibraryAsync(image.LibraryId) is { State: LibraryState.Active })
        {
            return;
        }
        foreach (var name in image.Derivatives.FileNames())
        {
            blobs.Delete(name);
        }
    }
}
