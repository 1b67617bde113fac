using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Records the counts of ended collections.</summary>
/// <param name="store">The store.</param>
public sealed class FoldCollections(ILibraryStore store) : IFoldCollections
{
    /// <inheritdoc/>
    [Activity("FoldCollections")]
    public Task FoldCollectionsAsync(FoldCollectionsInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return store.FoldCollectionsAsync(
            new CollectionFold(input.JobId, input.Sequence, input.Collections, input.Images, input.EndedCollectionIds),
            ActivityExecutionContext.Current.CancellationToken);
    }
}
