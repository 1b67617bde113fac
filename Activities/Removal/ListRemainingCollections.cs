using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Finds what is left to remove.</summary>
/// <param name="store">The store.</param>
public sealed class ListRemainingCollections(ILibraryStore store) : IListRemainingCollections
{
    private const int PageSize = 200;

    /// <inheritdoc/>
    [Activity("ListRemainingCollections")]
    public async Task<IReadOnlyList<RemainingCollection>> ListRemainingCollectionsAsync(string libraryId)
    {
        var collections = await store.ListRemainingCollectionsAsync(
            libraryId, PageSize, ActivityExecutionContext.Current.CancellationToken);
        return [.. collections.Select(collection => new RemainingCollection(collection.Id, collection.Name, collection.ImageCount))];
    }
}
