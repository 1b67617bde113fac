using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What the store knows of a library, to compare with what a disk shows.</summary>
/// <param name="store">The store.</param>
public sealed class KnownImages(ILibraryStore store)
{
    private const int PageSize = 1_000;
    private const int SampleCollections = 20;
    private const int SampleImages = 5;

    /// <summary>Whether images are known at or beneath a path, those beneath protected paths left out.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="path">Path relative to the root; empty for the whole library.</param>
    /// <param name="except">Protected paths relative to the root.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<bool> AnyBeneathAsync(string libraryId, string path, IReadOnlyList<string> except, CancellationToken cancellationToken) =>
        AnyAsync(
            libraryId,
            collection => collection.ImageCount > 0
                && IsBeneath(collection.Path, path)
                && !except.Any(kept => IsBeneath(collection.Path, kept)),
            cancellationToken);

    /// <summary>Whether a collection was ever found at a path, or one that still shows something beneath it.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> AnyCollectionAsync(string libraryId, string path, CancellationToken cancellationToken) =>
        await store.GetCollectionAsync(StableId.ForCollection(libraryId, path), cancellationToken) is not null
        || await AnyAsync(libraryId, collection => IsBeneath(collection.Path, path), cancellationToken);

    /// <summary>Some files of a library as they were last seen: pictures in folders, and archives.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<IReadOnlyList<KnownFile>> SampleAsync(string libraryId, CancellationToken cancellationToken)
    {
        var sample = new List<KnownFile>();
        var page = await store.ListCollectionsAsync(new CollectionQuery(libraryId), new PageRequest(SampleCollections), cancellationToken);
        foreach (var collection in page.Items)
        {
            if (collection.Kind == CollectionKind.Folder)
            {
                var images = await store.ReadRangeAsync(collection.Id, null, null, SampleImages, cancellationToken);
                sample.AddRange(images.Where(image => image.State != ImageState.Removed).Select(image => new KnownFile(
                    FolderReader.Join(collection.Path, image.Path),
                    Fingerprints.Of([new ListedFile(image.Path, image.SourceSize, image.SourceModified)]))));
            }
            else if (collection.ListingFingerprint is { Length: > 0 } fingerprint)
            {
                sample.Add(new KnownFile(collection.Path, fingerprint));
            }
        }
        return sample;
    }

    private async Task<bool> AnyAsync(string libraryId, Func<Collection, bool> condition, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await store.ListCollectionsAsync(new CollectionQuery(libraryId), new PageRequest(PageSize, cursor), cancellationToken);
            if (page.Items.Any(condition))
            {
                return true;
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return false;
    }

    private static bool IsBeneath(string path, string folder) => folder.Length == 0 || LibraryPaths.IsBeneath(path, folder);
}

/// <summary>A file as it was last seen.</summary>
/// <param name="Path">Path relative to the root.</param>
/// <param name="Fingerprint">Fingerprint of its name, size and time.</param>
internal sealed record KnownFile(string Path, string Fingerprint)
{
    /// <summary>Whether the file lies beneath a root, unchanged.</summary>
    /// <param name="root">Absolute path.</param>
    public bool IsIn(string root)
    {
        var file = new FileInfo(System.IO.Path.Combine(root, Path));
        return file.Exists
            && Fingerprints.Of([ListedFile.Of(file.Name, file)]) == Fingerprint;
    }
}
