using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>
/// Removes a collection step by step: the files of some images, then these images. Whatever a crash leaves is listed again
/// with its files' names, so that no file is forgotten.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="blobs">The cache folder.</param>
/// <param name="renderer">Knows the recipes.</param>
/// <param name="time">The clock.</param>
public sealed class RemoveCollection(ILibraryStore store, IBlobStore blobs, IImageRenderer renderer, TimeProvider time) : IRemoveCollection
{
    private const int Step = 500;

    /// <inheritdoc/>
    [Activity("RemoveCollection")]
    public async Task RemoveCollectionAsync(string collectionId)
    {
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        await using var heartbeat = ActivityHeartbeat.Start(time);
        if (await store.GetCollectionAsync(collectionId, cancellation) is not { } collection)
        {
            return;
        }
        if (await store.FindLibraryAsync(collection.LibraryId, cancellation) is not { State: LibraryState.Deleting } library)
        {
            throw new ApplicationFailureException(
                "Only a library that is being removed loses collections.", FailureTypes.InvalidInput, nonRetryable: true);
        }
        var recipes = DerivativeRecipe.All(renderer, library.Settings, collection.Kind);
        do
        {
            while (await store.ReadRangeAsync(collectionId, null, null, Step, cancellation) is { Count: > 0 } images)
            {
                foreach (var name in images.SelectMany(image => FileNames(image, recipes)))
                {
                    blobs.Delete(name);
                }
                await store.RemoveImagesAsync(collectionId, images[^1].SortKey, cancellation);
            }
        }
        while (!await store.RemoveCollectionAsync(collectionId, cancellation));
    }

    // A crash may have come between a picture's files and its record; planned work tells the names of such files.
    private static IEnumerable<string> FileNames(ImageRecord image, IReadOnlyList<DerivativeRecipe> recipes)
    {
        var recorded = image.Derivatives.FileNames();
        return image.PlannedByJobId is null
            ? recorded
            : recorded.Union(recipes.Select(recipe => DerivativeName.Create(image, recipe.Spec, recipe.Fingerprint)));
    }
}
