using ImageLibrary.Core;
using ImageLibrary.Workflows;

namespace ImageLibrary.Activities;

/// <summary>
/// Walks a tree in natural order: a folder, then its archives, then its subfolders. A walk can stop anywhere and a later
/// one goes on behind that place, also when the tree has changed meanwhile. It goes wherever it is told to start; see
/// <see cref="FolderReader.WhyRefused"/>.
/// </summary>
/// <param name="reader">Lists folders.</param>
/// <param name="start">Path relative to the root, of the folder to walk or of a single archive.</param>
public sealed class FolderWalk(FolderReader reader, string start)
{
    /// <summary>Goes on behind a cursor.</summary>
    /// <param name="cursor">The place after which to go on; null from the start.</param>
    public IEnumerable<WalkStep> From(DiscoveryCursor? cursor)
    {
        var steps = reader.FindArchive(start) is not { } archive ? Visit(start, cursor)
            : cursor is null ? [WalkStep.OfArchive(FolderOf(start), archive)]
            : [];
        foreach (var step in steps)
        {
            yield return step;
        }
    }

    private IEnumerable<WalkStep> Visit(string folder, DiscoveryCursor? cursor)
    {
        // A walk may be kept for a while, so it holds on to no more than it needs: never to the pictures.
        var listing = reader.Read(folder);
        var (archives, folders) = (listing.Archives, listing.Folders);
        var here = cursor is not null && cursor.Folder == folder;
        if (cursor is null)
        {
            yield return WalkStep.OfFolder(folder, listing);
        }
        if (cursor is null || (here && cursor.Archive is not null))
        {
            foreach (var archive in archives.Where(archive => !here || IsBehind(archive.Name, cursor!.Archive!)))
            {
                yield return WalkStep.OfArchive(folder, archive);
            }
        }
        var next = cursor is null || here ? null : NextSegment(folder, cursor.Folder);
        foreach (var name in folders)
        {
            if (next is not null && name != next && !IsBehind(name, next))
            {
                continue;
            }
            foreach (var step in Visit(FolderReader.Join(folder, name), name == next ? cursor : null))
            {
                yield return step;
            }
        }
    }

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private static string NextSegment(string folder, string target)
    {
        var rest = folder.Length == 0 ? target : target[(folder.Length + 1)..];
        var end = rest.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }

    private static bool IsBehind(string name, string other) =>
        NaturalSortKey.Create(name).AsSpan().SequenceCompareTo(NaturalSortKey.Create(other)) > 0;
}

/// <summary>One place of a walk: a folder with its listing, or one archive.</summary>
/// <param name="Cursor">The place.</param>
/// <param name="Path">Path relative to the root.</param>
/// <param name="Listing">The folder's listing; null for an archive.</param>
/// <param name="Archive">The archive; null for a folder.</param>
public sealed record WalkStep(DiscoveryCursor Cursor, string Path, FolderListing? Listing, ListedFile? Archive)
{
    /// <summary>A folder. Its archives follow, so the cursor stands before the first of them.</summary>
    internal static WalkStep OfFolder(string folder, FolderListing listing) =>
        new(new DiscoveryCursor(folder, ""), folder, listing, null);

    /// <summary>An archive.</summary>
    internal static WalkStep OfArchive(string folder, ListedFile archive) =>
        new(new DiscoveryCursor(folder, archive.Name), FolderReader.Join(folder, archive.Name), null, archive);
}
